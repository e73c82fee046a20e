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

    /// <summary>The owner whose stores alone are seen; null for all.</summary>
    public string? OnlyOwner => role.OnlyOwner;

    public bool HidesAny => hidden.Count > 0;

    public bool Hides(string name) => hidden.Contains(name);

    public bool Shows(string name, string owner) => role.Sees(owner) && !Hides(name);
}
