using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Data.Configuration;

/// <summary>Makes the exception of a setting that can't be used. Its message names the setting as the user wrote it.</summary>
internal static class InvalidSetting
{
    [SuppressMessage("Usage", "MA0015", Justification = "The message names the setting.")]
    [SuppressMessage("Usage", "CA2208", Justification = "The message names the setting.")]
    public static ArgumentException Because(string message) => new(message);
}
