using System.Globalization;
using System.Text.Json;
using DeltaStream.Emulator.Faults;

namespace DeltaStream.Emulator.CommandLine;

/// <summary>Reads a fault from the command line: <c>KIND[,SETTING=VALUE...]</c></summary>
internal static class FaultText
{
    public const string Help =
        "Settings: statement=CREATE STORE, times=N or times=always (once, or always with a rate), skip=N, rate=0.2, seed=N, delay=5s, "
        + "retry-after=2s, polls=N, sqlstate=57014.";

    private static readonly Dictionary<string, EmulatorFaultKind> s_kinds = Enum.GetValues<EmulatorFaultKind>()
        .ToDictionary(
            kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()),
            StringComparer.OrdinalIgnoreCase
        );

    private static readonly Dictionary<string, Func<EmulatorFault, string, EmulatorFault>> s_settings = new()
    {
        ["statement"] = (fault, value) => fault with { Statement = value },
        ["times"] = (fault, value) => fault with { Times = value == "always" ? null : Number("times", value) },
        ["skip"] = (fault, value) => fault with { Skip = Number("skip", value) },
        ["rate"] = (fault, value) => fault with { Rate = Rate(value) },
        ["seed"] = (fault, value) => fault with { Seed = Number("seed", value) },
        ["delay"] = (fault, value) => fault with { Delay = TimeText.Parse("--fault: delay", value) },
        ["retry-after"] = (fault, value) => fault with { RetryAfter = TimeText.Parse("--fault: retry-after", value) },
        ["sqlstate"] = (fault, value) => fault with { SqlState = value },
        ["polls"] = (fault, value) => fault with { Polls = Number("polls", value) },
    };

    /// <summary>The kinds as they are written: service-unavailable for ServiceUnavailable.</summary>
    public static IReadOnlyCollection<string> Kinds => s_kinds.Keys;

    public static IReadOnlyCollection<string> Settings => s_settings.Keys;

    /// <exception cref="FormatException">It is not a fault; the message says what to write.</exception>
    public static EmulatorFault Parse(string text)
    {
        var parts = text.Split(',');
        var given = parts[1..].Select(part => part.Split('=', 2)).ToList();
        if (given.GroupBy(setting => setting[0]).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Wrong($"{twice.Key} is given twice.");
        }

        // A rate without a number of times is meant for as long as the emulator runs.
        var always = given.Exists(setting => setting[0] == "rate");
        var fault = new EmulatorFault { Kind = Known(s_kinds, "kind of fault", parts[0]), Times = always ? null : 1 };
        foreach (var setting in given)
        {
            var with = Known(s_settings, "setting of a fault", setting[0]);
            fault = setting is [_, var value] ? with(fault, value) : throw Wrong($"{setting[0]} needs a value.");
        }

        return FaultCheck.Wrong(fault) is { } wrong ? throw Wrong(wrong) : fault;
    }

    private static T Known<T>(Dictionary<string, T> all, string what, string name) =>
        all.TryGetValue(name, out var known)
            ? known
            : throw Wrong($"unknown {what} '{name}'; there are {string.Join(", ", all.Keys)}.");

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"{name} '{value}' is not a number.");

    private static double Rate(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw Wrong($"rate '{value}' is not a number between 0 and 1, such as 0.2.");

    private static FormatException Wrong(string message) => new($"--fault: {message}");
}
