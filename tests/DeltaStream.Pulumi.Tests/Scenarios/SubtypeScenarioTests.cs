using System.Text.Json;
using DeltaStream.Declarations;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>Every subtype (FR-010, D-005), as its spec has it. Only accounts that its declarations use let a store in.</summary>
public sealed class SubtypeScenarioTests : EngineTest
{
    protected override bool HasAccounts => true;

    [EngineTheory]
    [MemberData(nameof(Cells))]
    public Task A_store_is_created_left_alone_updated_and_deleted(string subtype, string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                var (good, changed, _) = CaseOf(subtype);
                Declare(Inputs(good));
                (await RunAsync("up")).Does("create");
                Sealed(good);
                (await RunAsync("up")).Does("same");
                Assert.StartsWith("CREATE STORE", Assert.Single(Changes), StringComparison.Ordinal);

                Declare(Inputs(changed!));
                (await RunAsync("up")).Does("update");
                Sealed(changed!);
                Assert.StartsWith("UPDATE STORE", Changes[^1], StringComparison.Ordinal);
                Assert.Equal(2, Changes.Length);

                (await RunAsync("destroy")).Does("delete");
                Assert.StartsWith("DROP STORE", Changes[^1], StringComparison.Ordinal);
                Assert.Equal(3, Changes.Length);
                Assert.Null(Saved());
            },
            subtype
        );

    [EngineTheory]
    [MemberData(nameof(Cells))]
    public Task Invalid_credentials_fail_with_the_services_words_and_right_ones_mend_the_store(
        string subtype,
        string transport
    ) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                var (good, _, bad) = CaseOf(subtype);
                Declare(Inputs(bad!));
                // The store is there, and errored. Nothing is orphaned: the state has it.
                (await RunAsync("up")).Fails("authentication failed");
                Assert.Equal("errored", Output("state"));

                Declare(Inputs(good));
                (await RunAsync("up")).Does("update");
                Assert.Equal("ready", Output("state"));

                Declare(Inputs(bad!));
                (await RunAsync("up")).Fails("authentication failed");

                // Who goes back sends the old credentials again.
                Declare(Inputs(good));
                (await RunAsync("up")).Does("update");
                Assert.Equal("ready", Output("state"));
                Assert.Equal(["CREATE", "UPDATE", "UPDATE", "UPDATE"], Changes.Select(c => c.Split(' ')[0]));
            },
            subtype
        );

    private string? Output(string name) => Saved()!.Value.GetProperty("outputs").GetProperty(name).GetString();

    /// <summary>Every secret of the state is encrypted, and so is what the provider knows.</summary>
    private void Sealed(Declaration declared)
    {
        var saved = Saved()!.Value;
        var member = Names.Camel(declared.Spec.Subtype);
        var secrets = declared.Properties.Where(p => p.Property.Secret).Select(p => p.Property.Name).ToArray();
        foreach (var side in (string[])["inputs", "outputs"])
        {
            var values = saved.GetProperty(side).GetProperty(member);
            Assert.All(secrets, name => Assert.True(IsSealed(values.GetProperty(name)), $"{side}: {name}"));
        }

        Assert.True(IsSealed(saved.GetProperty("outputs").GetProperty("__state")));

        static bool IsSealed(JsonElement value) =>
            value.GetProperty(EngineValue.Signature).GetString() == EngineValue.SecretSignature
            && value.TryGetProperty("ciphertext", out _)
            && !value.TryGetProperty("value", out _);
    }
}
