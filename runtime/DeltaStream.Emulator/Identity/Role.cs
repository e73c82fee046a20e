namespace DeltaStream.Emulator.Identity;

/// <summary>
/// A role that statements run as. It owns the stores that it creates and sees no others, but for the administrator, who
/// sees all (wire fact 3.1).
/// </summary>
internal sealed class Role(string name, bool isAdministrator)
{
    public string Name { get; } = name;

    /// <summary>The owner whose stores alone it sees; null for all.</summary>
    public string? OnlyOwner { get; } = isAdministrator ? null : name;

    public bool Sees(string owner) => OnlyOwner is null || owner == OnlyOwner;
}

/// <summary>The roles that there are; the first is the administrator.</summary>
internal sealed class RoleBook(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, Role> _roles = names
        .Select((name, i) => new Role(name, isAdministrator: i == 0))
        .ToDictionary(role => role.Name);

    public Role Administrator => _roles[names[0]];

    /// <summary>The role of exactly this name (wire fact 1.2), or null.</summary>
    public Role? Find(string name) => _roles.GetValueOrDefault(name);
}
