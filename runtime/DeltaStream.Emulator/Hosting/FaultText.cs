using System.Globalization;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Reads a fault from the command line: <c>KIND[,name=value]...</c></summary>
internal static class FaultText
{
    public static readonly string[] Settings =
    [
        "statement",
        "times",
        "skip",
        "rate",
        "seed",
        "delay",
        "retry-after",
        "looks",
    ];

    /// <summary>The kinds as they are written: service-unavailable for ServiceUnavailable.</summary>
    public static IReadOnlyList<string> Kinds { get; } = Enum.GetValues<EmulatorFaultKind>().Select(Written).ToList();

    /// <exception cref="CommandLineException">It is not a fault.</exception>
    public static EmulatorFault Parse(string text)
    {
        var parts = text.Split(',');
        var given = parts.Skip(1).Select(Setting).ToList();
        if (given.GroupBy(g => g.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CommandLineException($"--fault: {twice.Key} is given twice.");
        }

        // A rate without a number of times is meant for as long as the emulator runs.
        var always = given.Exists(g => g.Name == "rate");
        var fault = new EmulatorFault { Kind = Kind(parts[0]), Times = always ? null : 1 };
        foreach (var (name, value) in given)
        {
            fault = With(fault, name, value);
        }

        return Faults.FaultCheck.Wrong(fault) is { } wrong
            ? throw new CommandLineException($"--fault: {wrong}")
            : fault;
    }

    private static EmulatorFault With(EmulatorFault fault, string name, string value) =>
        name switch
        {
            "statement" => fault with { Statement = value },
            "times" => fault with { Times = value == "always" ? null : Number(name, value) },
            "skip" => fault with { Skip = Number(name, value) },
            "rate" => fault with { Rate = Rate(value) },
            "seed" => fault with { Seed = Number(name, value) },
            "delay" => fault with { Delay = TimeText.Parse($"--fault: {name}", value) },
            "retry-after" => fault with { RetryAfter = TimeText.Parse($"--fault: {name}", value) },
            _ => fault with { Looks = Number(name, value) },
        };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CommandLineException($"--fault: {name} '{value}' is not a number.");

    private static double Rate(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw new CommandLineException($"--fault: rate '{value}' is not a number between 0 and 1, such as 0.2.");

    private static (string Name, string Value) Setting(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? part : part[..equals];
        if (!Settings.Contains(name))
        {
            throw Unknown("setting of a fault", name, Settings);
        }

        return equals < 0
            ? throw new CommandLineException($"--fault: {name} needs a value.")
            : (name, part[(equals + 1)..]);
    }

    private static EmulatorFaultKind Kind(string text)
    {
        foreach (var kind in Enum.GetValues<EmulatorFaultKind>())
        {
            if (string.Equals(text, Written(kind), StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw Unknown("kind of fault", text, Kinds);
    }

    private static string Written(EmulatorFaultKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + c : c.ToString()))
            .ToLowerInvariant();

    private static CommandLineException Unknown(string what, string name, IReadOnlyList<string> known)
    {
        var near = NearMatch.Of(name, known);
        return new CommandLineException(
            near is null
                ? $"--fault: unknown {what} '{name}'; there are {string.Join(", ", known)}."
                : $"--fault: unknown {what} '{name}'; did you mean {near}?"
        );
    }
}
