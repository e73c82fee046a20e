using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>Tells the analyzer which values a member of a generated record takes.</summary>
/// <param name="kind">How the value is typed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class StoreValueAttribute(StorePropertyKind kind) : Attribute
{
    /// <summary>How the value is typed.</summary>
    public StorePropertyKind Kind { get; } = kind;

    /// <summary>Whether the value must never be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether the text is an address or a path, and so must hold no credentials.</summary>
    public bool Address { get; init; }

    /// <summary>The value in effect when the member is not set; null when there is none.</summary>
    public object? Default { get; init; }

    /// <summary>The fewest characters of a text.</summary>
    public int MinLength { get; init; } = 1;

    /// <summary>The most characters of a text.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>The least number.</summary>
    public long Minimum { get; init; } = long.MinValue;

    /// <summary>The greatest number.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>What a file must hold.</summary>
    public StoreFileContent Content { get; init; }

    /// <summary>The most bytes of a file; 0 for as many as any file may have.</summary>
    public int MaxBytes { get; init; }

    /// <summary>A right value.</summary>
    public string? Example { get; init; }
}
