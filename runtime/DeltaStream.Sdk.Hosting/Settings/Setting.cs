using DeltaStream.Sdk.Validation;
using Microsoft.Extensions.Configuration;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>A setting that a section of the configuration has.</summary>
/// <typeparam name="T">The options that it belongs to.</typeparam>
/// <param name="Name">Its key.</param>
/// <param name="Set">Sets it from the text of the configuration, whose key comes last. It throws what is wrong, without the text.</param>
internal sealed record Setting<T>(string Name, Action<T, string, string> Set);

/// <summary>Reads the settings of a section. It finds all faults.</summary>
internal static class SettingReader
{
    /// <param name="section">The section.</param>
    /// <param name="settings">What it may have, in the order in which it is read.</param>
    /// <param name="elsewhere">What it may have that is read elsewhere.</param>
    /// <param name="options">Gets the values.</param>
    /// <param name="faults">Gets what is wrong, each with its key.</param>
    public static void Read<T>(
        IConfigurationSection section,
        IReadOnlyList<Setting<T>> settings,
        IReadOnlyCollection<string> elsewhere,
        T options,
        List<string> faults
    )
    {
        foreach (var setting in settings)
        {
            var child = section.GetSection(setting.Name);
            if (TextOf(child) is not { Length: > 0 } text)
            {
                continue;
            }

            try
            {
                setting.Set(options, text, child.Path);
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                faults.Add(WithKey(child.Path, e));
            }
        }

        foreach (var child in section.GetChildren())
        {
            string[] known = [.. settings.Select(s => s.Name), .. elsewhere];
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                faults.Add($"{child.Path} is no setting{NearMatch.Question(child.Key, settings.Select(s => s.Name))}");
            }
        }
    }

    /// <summary>What an exception says, with the key of the configuration in front, and without the name of a parameter.</summary>
    public static string WithKey(string key, Exception exception)
    {
        var message = exception is ArgumentException { ParamName: { } parameter }
            ? exception.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : exception.Message;
        return message.StartsWith(key, StringComparison.Ordinal) ? message : $"{key}: {message}";
    }

    // A list is a text with commas, too.
    private static string? TextOf(IConfigurationSection setting) =>
        setting.Value ?? string.Join(',', setting.GetChildren().Select(c => c.Value));
}
