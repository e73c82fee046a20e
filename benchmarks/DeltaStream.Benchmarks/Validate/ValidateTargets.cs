using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Validate;

/// <summary>What a validation may cost.</summary>
internal static class ValidateTargets
{
    private const double MostOfFluentValidation = 0.1;

    public static IEnumerable<Target> Judge(Measurements run)
    {
        var validate = typeof(ValidateBenchmarks);
        var fluent = run.Nanoseconds(validate, nameof(ValidateBenchmarks.FluentValidation));
        var validated = run.Nanoseconds(validate, nameof(ValidateBenchmarks.Sdk));
        var bytes = run.Bytes(validate, nameof(ValidateBenchmarks.Sdk));
        return
        [
            new Target(
                "Validate a right record, time",
                Invariant($"{validated / fluent:0.000}x FluentValidation ({validated:0} ns, {fluent:0} ns)"),
                Invariant($"at most {MostOfFluentValidation:0.0}x"),
                validated <= MostOfFluentValidation * fluent
            ),
            new Target("Validate a right record, memory", Invariant($"{bytes} B"), "0 B", bytes == 0),
        ];
    }
}
