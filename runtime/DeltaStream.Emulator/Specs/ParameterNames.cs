using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>Says which parameters are missing, in the service's words: <c>a, and b are required</c> (facts 4).</summary>
internal static class ParameterNames
{
    public static StatementException Missing(IEnumerable<string> keys)
    {
        var sorted = keys.Distinct().Order(StringComparer.Ordinal).ToList();
        var message = sorted.Count switch
        {
            1 => $"{sorted[0]} is required",
            _ => $"{string.Join(", ", sorted[..^1])}, and {sorted[^1]} are required",
        };
        return new StatementException(SqlState.MissingParameter, message);
    }
}
