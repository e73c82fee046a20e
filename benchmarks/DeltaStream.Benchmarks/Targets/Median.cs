namespace DeltaStream.Benchmarks.Targets;

/// <summary>The middle of some results; other load on the machine changes it less than a mean.</summary>
internal static class Median
{
    /// <summary>The median; of an even number of values the upper one of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
