using CsCheck;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Samples;
using DeltaStream.Sdk.Generator.Tests.Json;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>Whatever stands in an accounts file is right or is answered, inside its text and without an exception.</summary>
public sealed class DamagedAccountsTests
{
    // A hang is a failure too.
    [Fact(Timeout = 120_000)]
    public Task Damaged_accounts_give_diagnostics_inside_their_text() =>
        Task.Run(() =>
        {
            var subtypes = Repository
                .Subtypes.Select(s =>
                    (
                        Spec: SpecReader.Read($"specs/{s}.store.json", Repository.Spec(s).GetText()).Spec!,
                        Accounts: Repository.Accounts(s).GetText()!.ToString()
                    )
                )
                .ToArray();
            Gen.Select(Gen.Int[0, subtypes.Length - 1], TextMutation.Some)
                .Sample(
                    (index, mutations) =>
                    {
                        var subtype = subtypes[index];
                        var file = SpecFile.Accounts("any", TextMutation.Apply(subtype.Accounts, mutations));

                        var found = AccountsCheck.Find(new AccountsSource(file, HasSpec: true, subtype.Spec), default);

                        Assert.All(found, d => Assert.InRange(d.Location.Span.End, 0, file.GetText()!.Length));
                        Assert.All(found, d => Assert.NotEmpty(d.ToDiagnostic().ToString()));
                    },
                    iter: 2_000
                );
        });
}
