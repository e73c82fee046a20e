using System.Globalization;
using System.Text;

namespace DeltaStream.Emulator;

/// <summary>A fault that the emulator injects on demand, so that tests see how a client copes with it.</summary>
public sealed record EmulatorFault
{
    /// <summary>What happens.</summary>
    public required EmulatorFaultKind Kind { get; init; }

    /// <summary>
    /// The first words of the statements that the fault hits, such as <c>CREATE STORE</c> or <c>DROP STORE "x"</c>,
    /// without a WITH list. Case, white space and comments don't count. Null, the default, means every statement that the
    /// kind concerns. A request matches when one of its statements does, and so do its polls and partition requests.
    /// </summary>
    public string? Statement { get; init; }

    /// <summary>How many matches pass before the fault hits. 0 by default.</summary>
    public int Skip { get; init; }

    /// <summary>How often the fault hits. Once by default; null means always.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>
    /// How likely the fault hits a match, from 0 (never) to 1 (always, the default). A match that it doesn't hit does
    /// not count in <see cref="Times"/>.
    /// </summary>
    public double Rate { get; init; } = 1;

    /// <summary>The seed of the random numbers for <see cref="Rate"/>: the same seed hits the same matches.</summary>
    public int Seed { get; init; }

    /// <summary>How long headers are late or a row is invisible, by the emulator's clock: at most 30 days.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The Retry-After header of a 429 or 503, rounded up to whole seconds. Null means no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many polls of a store see a flapping state. 3 by default.</summary>
    public int Polls { get; init; } = 3;

    /// <summary>The SQLSTATE of an injected SQL error. XX000 by default.</summary>
    public string SqlState { get; init; } = "XX000";

    // Statement is not shown: somebody may write a whole statement there, secrets included (FR-007).
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Kind = {Kind}, Times = {Times}, Rate = {Rate}");
        return true;
    }
}
