using DeltaStream.Emulator.Identity;

namespace DeltaStream.Emulator.Catalog;

/// <summary>What one statement sees of the stores.</summary>
/// <param name="role">Who runs it.</param>
/// <param name="now">When it runs.</param>
/// <param name="hidden">The names of the stores that a fault hides.</param>
internal sealed class Visibility(Role role, DateTimeOffset now, IReadOnlySet<string> hidden)
{
    public DateTimeOffset Now => now;

    /// <summary>The states that faults show in place of the stores' own, by name.</summary>
    public IReadOnlyDictionary<string, string> Shown { get; set; } = new Dictionary<string, string>();

    public bool Shows(string name, string owner) => role.Sees(owner) && !hidden.Contains(name);

    /// <summary>The state of a store, and why it failed.</summary>
    public (string Status, string? Message) StateOf(string name, long readyAt, bool isProbePending, string? failure) =>
        Shown.TryGetValue(name, out var shown)
            ? (shown, null)
            : Readiness.Of(new DateTimeOffset(readyAt, TimeSpan.Zero), isProbePending, failure, now);
}
