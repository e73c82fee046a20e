using System.Text.Json;
using DeltaStream.Declarations;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>A program with a store of every subtype (FR-010, D-005), as the specs have them. Only accounts that it uses let a store in.</summary>
/// <remarks>No store is ready, or errored, before all of them wait: a failure of one would keep others from being begun.</remarks>
public sealed class SubtypeScenarioTests : EngineTest
{
    private static readonly string[] s_subtypes = [.. StoreSubtypes.All.Select(s => s.Name)];

    protected override bool HasAccounts => true;

    protected override TimeSpan ProvisionDelay => TimeSpan.FromMinutes(1);

    [EngineTheory]
    [BySubtype]
    [MemberData(nameof(Transports))]
    public Task A_store_is_created_left_alone_updated_and_deleted(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                await RunAsync(c => c.Good, c => c.Does("create"), "CREATE");
                AllSealed(c => c.Good);
                await RunAsync(c => c.Good, c => c.Does("same"));
                await RunAsync(c => c.Changed!, c => c.Does("update"), "UPDATE");
                AllSealed(c => c.Changed!);
                await RunAsync(null, c => c.Does("delete"), "DROP");
                Assert.Empty(Stores());
            }
        );

    [EngineTheory]
    [BySubtype]
    [MemberData(nameof(Transports))]
    public Task Invalid_credentials_fail_with_the_services_words_and_right_ones_mend_the_store(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                // The stores are there, and errored. Nothing is orphaned: the state has them.
                await RunAsync(c => c.BadCredentials!, c => c.Fails("authentication failed"), "CREATE");
                AllAre("errored");
                await RunAsync(c => c.Good, c => c.Does("update"), "UPDATE");
                AllAre("ready");
                await RunAsync(c => c.BadCredentials!, c => c.Fails("authentication failed"), "UPDATE");
                AllAre("errored");
                // Who goes back sends the old credentials again.
                await RunAsync(c => c.Good, c => c.Does("update"), "UPDATE");
                AllAre("ready");
            }
        );

    /// <summary>Runs the program with a declaration of each subtype.</summary>
    /// <param name="declaration">The declaration of each case; null to destroy all.</param>
    /// <param name="check">Looks at what happened to one subtype's store.</param>
    /// <param name="verb">The one statement that each store gets; null for none.</param>
    private async Task RunAsync(
        Func<DeclarationCase, Declaration>? declaration,
        Action<EngineRun> check,
        string? verb = null
    )
    {
        if (declaration is not null)
        {
            Write(
                string.Join(
                    '\n',
                    s_subtypes.Select(s =>
                        $"new Store('{s}', {Script(Inputs(declaration(CaseOf(s))).With("name", NameOf(s)))});"
                    )
                )
            );
        }

        var before = Changes.Length;
        var run = declaration is null ? await RunAsync("destroy") : await UpAsync(waits: s_subtypes.Length);
        var changes = Changes[before..];

        foreach (var subtype in s_subtypes)
        {
            check(run.Of(subtype));
        }

        Assert.Equal(verb is null ? [] : Enumerable.Repeat($"{verb} STORE", s_subtypes.Length), changes);
    }

    private string NameOf(string subtype) => $"{CaseOf(subtype).Good.Name} {subtype}";

    private void AllAre(string state) =>
        Assert.All(Stores(), s => Assert.Equal(state, s.GetProperty("outputs").GetProperty("state").GetString()));

    /// <summary>Every secret of the state is encrypted, and so is what the provider knows.</summary>
    private void AllSealed(Func<DeclarationCase, Declaration> declaration)
    {
        var stores = Stores();
        Assert.Equal(s_subtypes.Length, stores.Length);
        foreach (var store in stores)
        {
            var declared = declaration(CaseOf(store.GetProperty("urn").GetString()!.Split("::")[^1]));
            var member = Names.Camel(declared.Spec.Subtype);
            var secrets = declared.Properties.Where(p => p.Property.Secret).Select(p => p.Property.Name).ToArray();
            foreach (var side in (string[])["inputs", "outputs"])
            {
                var values = store.GetProperty(side).GetProperty(member);
                Assert.All(
                    secrets,
                    name => Assert.True(IsSealed(values.GetProperty(name)), $"{member}.{name} of the {side}")
                );
            }

            Assert.True(IsSealed(store.GetProperty("outputs").GetProperty("__state")));
        }

        static bool IsSealed(JsonElement value) =>
            value.GetProperty(EngineValue.Signature).GetString() == EngineValue.SecretSignature
            && value.TryGetProperty("ciphertext", out _)
            && !value.TryGetProperty("value", out _);
    }
}
