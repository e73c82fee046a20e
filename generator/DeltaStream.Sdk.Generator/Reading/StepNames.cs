namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>The names of the generator's steps; tests ask each whether it was cached.</summary>
internal static class StepNames
{
    /// <summary>A file becomes a model or diagnostics.</summary>
    public const string Read = nameof(Read);

    /// <summary>The diagnostics of a file, apart from the model, so that moving a line never emits code anew.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>The models.</summary>
    public const string Specs = nameof(Specs);

    /// <summary>The diagnostics of specs that claim one subtype, one C# name, or a subtype of the SDK.</summary>
    public const string Duplicates = nameof(Duplicates);

    /// <summary>The subtypes that nothing is emitted for, because of that.</summary>
    public const string DuplicateSubtypes = nameof(DuplicateSubtypes);

    /// <summary>The models that code is emitted for.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>What the registry lists.</summary>
    public const string Registry = nameof(Registry);

    /// <summary>A file that was shipped becomes a model or diagnostics.</summary>
    public const string Shipped = nameof(Shipped);

    /// <summary>What was shipped, by subtype.</summary>
    public const string Baseline = nameof(Baseline);

    /// <summary>The subtypes that there are specs of.</summary>
    public const string Present = nameof(Present);

    /// <summary>What is wrong with a shipped file, or that its subtype is gone.</summary>
    public const string ShippedFaults = nameof(ShippedFaults);

    /// <summary>What of a spec breaks against what was shipped of it.</summary>
    public const string Breaks = nameof(Breaks);

    /// <summary>Where the code goes, as the project's properties say.</summary>
    public const string Target = nameof(Target);

    /// <summary>The subtypes of the SDK that the project references.</summary>
    public const string BuiltIns = nameof(BuiltIns);

    public static IReadOnlyList<string> All { get; } =
        typeof(StepNames).GetFields().Select(f => f.GetValue(null)).OfType<string>().ToArray();
}
