using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>What is wrong with the parameters of a store, in the service's words (wire fact 4).</summary>
internal static class ParameterError
{
    public static StatementException Invalid(string message) => new(SqlState.InvalidParameter, message);

    public static StatementException Invalid(PropertySpec property, string what) => Invalid($"'{property.Key}' {what}");

    /// <summary><c>a is required</c> or <c>a, and b are required</c>.</summary>
    public static StatementException Missing(IEnumerable<string> keys)
    {
        var sorted = keys.Distinct().Order(StringComparer.Ordinal).ToList();
        var message =
            sorted.Count == 1
                ? $"{sorted[0]} is required"
                : $"{string.Join(", ", sorted[..^1])}, and {sorted[^1]} are required";
        return new StatementException(SqlState.MissingParameter, message);
    }
}
