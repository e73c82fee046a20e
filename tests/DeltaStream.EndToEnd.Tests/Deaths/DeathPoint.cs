using System.Globalization;
using System.Text;

namespace DeltaStream.EndToEnd.Tests.Deaths;

/// <summary>Where a process is killed.</summary>
/// <param name="Kind">At a message before or after it is carried, or at a step of what it does to files.</param>
/// <param name="Number">The message or the step, from 1.</param>
internal sealed record DeathPoint(DeathKind Kind, int Number)
{
    /// <summary>What the names of the stores of this point begin with.</summary>
    public string Prefix =>
        $"{Kind.ToString()[..1].ToLowerInvariant()}{Number.ToString(CultureInfo.InvariantCulture)}-";

    /// <summary>All points of a run with so many messages and steps.</summary>
    public static IEnumerable<DeathPoint> All(int messages, int steps) =>
        [
            .. Enumerable
                .Range(1, messages)
                .SelectMany(n => new[] { new DeathPoint(DeathKind.Before, n), new DeathPoint(DeathKind.After, n) }),
            .. Enumerable.Range(1, steps).Select(n => new DeathPoint(DeathKind.Step, n)),
        ];

    // Without what the compiler would write, which is longer than the point.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{Kind} {Number}");
        return true;
    }
}

/// <summary>How a process is killed at a point.</summary>
internal enum DeathKind
{
    /// <summary>By the test, at a message that then is not carried.</summary>
    Before,

    /// <summary>By the test, at a message that was carried.</summary>
    After,

    /// <summary>By itself, after it did something to a file.</summary>
    Step,

    /// <summary>Not at all, to count the messages and the steps.</summary>
    None,
}
