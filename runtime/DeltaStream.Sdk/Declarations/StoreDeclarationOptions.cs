namespace DeltaStream.Sdk;

/// <summary>How declarations that are data are read.</summary>
public sealed record StoreDeclarationOptions
{
    /// <summary>Where relative paths of files start: the folder of the declarations. The current folder by default.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The subtypes of a project's own specs: the <c>All</c> of the project's <c>StoreSubtypes</c>. Empty by default.</summary>
    public IReadOnlyList<StoreSubtype> OwnSubtypes { get; init; } = [];

    /// <summary>
    /// Returns an environment variable that a declaration points to with <c>{ "env": "NAME" }</c>, and null for one that is not
    /// set. <see cref="Environment.GetEnvironmentVariable(string)"/> by default.
    /// </summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
