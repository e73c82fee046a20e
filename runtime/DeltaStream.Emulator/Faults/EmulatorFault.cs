using System.Globalization;
using System.Text;

namespace DeltaStream.Emulator;

/// <summary>A fault that the emulator injects on demand, so that tests see how a client copes with it.</summary>
public sealed record EmulatorFault
{
    /// <summary>What happens.</summary>
    public required EmulatorFaultKind Kind { get; init; }

    /// <summary>
    /// The words that a statement starts with for the fault to be meant, such as <c>CREATE STORE</c> or
    /// <c>DROP STORE "x"</c>; what stands in a WITH list can't be among them. Case doesn't count, nor do white space and
    /// comments. Null, the default, means every statement that the kind concerns. A request of several statements is
    /// meant when one of them is, and so are the polls and partition requests of a statement.
    /// </summary>
    public string? Statement { get; init; }

    /// <summary>How many matches are let through before the first that is hit. 0 by default.</summary>
    public int Skip { get; init; }

    /// <summary>How often it is injected; null means always. Once by default.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>
    /// How likely a match is hit, from 0 (never) to 1 (always, the default). A match that is not hit doesn't count in
    /// <see cref="Times"/>.
    /// </summary>
    public double Rate { get; init; } = 1;

    /// <summary>Where the random numbers for <see cref="Rate"/> begin: the same seed hits the same matches.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How long headers are late or a row is invisible, by the emulator's clock: at most 30 days. Zero by default,
    /// which is no fault at all.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// What the Retry-After header of a 429 or 503 says, rounded up to whole seconds. Without a value there is no such
    /// header.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many polls of a store see a state that flaps. 3 by default.</summary>
    public int Polls { get; init; } = 3;

    // What somebody wrote as a statement's beginning may be a statement, so it is not shown (FR-007).
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Kind = {Kind}, Times = {Times}, Rate = {Rate}");
        return true;
    }
}
