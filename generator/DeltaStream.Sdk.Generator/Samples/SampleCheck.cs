using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Evolution;
using DeltaStream.Sdk.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>
/// The steps that look for examples and accounts, where the project requires them (D-005). They hand on diagnostics,
/// and nothing is emitted of them.
/// </summary>
internal static class SampleCheck
{
    public static IReadOnlyList<IncrementalValuesProvider<EquatableArray<DiagnosticRecord>>> Find(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<SpecReading> readings
    )
    {
        var requirement = context
            .AnalyzerConfigOptionsProvider.Select(static (options, _) => SampleRequirement.Read(options.GlobalOptions))
            .WithTrackingName(StepNames.Requirement);
        var isOn = requirement.Select(static (r, _) => r.IsOn);
        var accountsFiles = context.AdditionalTextsProvider.Where(static f => SampleFiles.IsAccounts(f.Path));

        var property = requirement
            .Combine(readings.Collect())
            .SelectMany(static (pair, _) => new[] { pair.Right.IsEmpty ? default : pair.Left.Diagnostics });
        var examples = readings
            .Combine(isOn)
            .Select(
                static (pair, cancellation) =>
                    pair.Right && pair.Left.Result.Spec is { } spec
                        ? ExampleCheck.Find(spec, pair.Left.File, cancellation)
                        : default
            )
            .WithTrackingName(StepNames.Examples);

        var stems = accountsFiles.Collect().Select(static (all, _) => new AccountsStems(all));
        var missing = readings
            .Combine(stems)
            .Combine(isOn)
            .Select(static (all, _) => all.Right ? MissingAccounts(all.Left.Left, all.Left.Right) : default)
            .WithTrackingName(StepNames.MissingAccounts);

        var specs = readings.Collect().Select(static (all, _) => new SpecsByStem(all));
        var accounts = accountsFiles
            .Combine(specs)
            .Select(static (pair, _) => pair.Right.Pair(pair.Left))
            .Combine(isOn)
            .Select(static (pair, cancellation) => pair.Right ? AccountsCheck.Find(pair.Left, cancellation) : default)
            .WithTrackingName(StepNames.Accounts);
        return [property, examples, missing, accounts];
    }

    private static EquatableArray<DiagnosticRecord> MissingAccounts(SpecReading reading, AccountsStems stems) =>
        reading.Result.Spec is not { } spec || Credentials.Of(spec).Count == 0 || stems.HasAccountsOf(reading.File.Path)
            ? default
            : new[]
            {
                new DiagnosticRecord(
                    SpecDiagnostics.AccountsMissing,
                    reading.Result.Claims.First(c => c.IsRecord).Location,
                    new[] { spec.Subtype }.ToEquatableArray()
                ),
            }.ToEquatableArray();
}
