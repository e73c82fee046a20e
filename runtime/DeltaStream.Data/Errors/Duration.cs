using System.Globalization;

namespace DeltaStream.Data.Errors;

/// <summary>Writes durations for messages.</summary>
internal static class Duration
{
    public static string Text(TimeSpan duration) =>
        duration == TimeSpan.FromSeconds(1)
            ? "1 second"
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###} seconds");
}
