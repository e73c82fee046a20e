namespace DeltaStream.Sdk.Generator;

/// <summary>The names of the generator's steps; tests ask each whether it was cached.</summary>
internal static class StepNames
{
    /// <summary>A file becomes a model or diagnostics.</summary>
    public const string Read = nameof(Read);

    /// <summary>The diagnostics of a file, apart from the model, so that moving a line never emits code anew.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>The models.</summary>
    public const string Specs = nameof(Specs);

    /// <summary>Which specs claim which subtypes.</summary>
    public const string Duplicates = nameof(Duplicates);

    /// <summary>The names that more than one spec claims.</summary>
    public const string DuplicateNames = nameof(DuplicateNames);

    /// <summary>The models that code is emitted for.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>What the registry lists.</summary>
    public const string Registry = nameof(Registry);

    public static IReadOnlyList<string> All { get; } =
    [Read, Diagnostics, Specs, Duplicates, DuplicateNames, Sources, Registry];
}
