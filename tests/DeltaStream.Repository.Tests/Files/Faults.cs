namespace DeltaStream.Repository.Tests.Files;

/// <summary>What a test found, a line each.</summary>
internal static class Faults
{
    /// <summary>Asserts that nothing was found; otherwise the message has every line.</summary>
    public static void AssertNone(IEnumerable<string> faults, string advice = "")
    {
        var lines = faults.ToArray();
        Assert.True(lines.Length == 0, $"{string.Join('\n', lines)}\n{advice}");
    }
}
