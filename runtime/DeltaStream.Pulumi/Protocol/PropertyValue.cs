using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Protocol;

/// <summary>A value of Pulumi: what a program says, and whether it is a secret or not known yet.</summary>
internal sealed record PropertyValue(PropertyKind Kind)
{
    public static readonly PropertyValue Unknown = new(PropertyKind.Unknown);

    /// <summary>The text; empty for anything else.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>The number; 0 for anything else.</summary>
    public double Number { get; private init; }

    /// <summary>Whether true or false.</summary>
    public bool Flag { get; private init; }

    public IReadOnlyList<PropertyValue> Items { get; private init; } = [];

    public PropertyMap Members { get; private init; } = PropertyMap.Empty;

    /// <summary>What an asset, an archive, a reference or a byte string is on the wire; null for anything else.</summary>
    public Struct? Raw { get; private init; }

    /// <summary>The hash of an asset's content; null for anything else.</summary>
    public string? AssetHash =>
        Kind == PropertyKind.Asset && Raw!.Fields.TryGetValue("hash", out var hash) ? hash.StringValue : null;

    /// <summary>Whether the engine keeps it encrypted and shows it to nobody.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it, or something in it, is not known yet.</summary>
    public bool HasUnknown =>
        Kind switch
        {
            PropertyKind.Unknown => true,
            PropertyKind.List => Items.Any(i => i.HasUnknown),
            PropertyKind.Map => Members.HasUnknown,
            _ => false,
        };

    /// <summary>What it is, in words.</summary>
    public string Word =>
        Kind switch
        {
            PropertyKind.Null => "null",
            PropertyKind.Boolean => "a boolean",
            PropertyKind.Number => "a number",
            PropertyKind.Text => "a string",
            PropertyKind.List => "a list",
            PropertyKind.Map => "an object",
            PropertyKind.Asset => "an asset",
            PropertyKind.Unknown => "unknown",
            _ => "an archive, a resource or bytes",
        };

    public static PropertyValue Of(string text) => new(PropertyKind.Text) { Text = text };

    public static PropertyValue Of(double number) => new(PropertyKind.Number) { Number = number };

    public static PropertyValue Of(bool flag) => new(PropertyKind.Boolean) { Flag = flag };

    public static PropertyValue Of(PropertyMap members) => new(PropertyKind.Map) { Members = members };

    public static PropertyValue Of(IReadOnlyList<PropertyValue> items) => new(PropertyKind.List) { Items = items };

    public static PropertyValue Of(PropertyKind kind, Struct raw) => new(kind) { Raw = raw };

    /// <summary>Whether another value says the same, secret or not. Lists, objects and what a store has none of are never the same.</summary>
    public bool IsSame(PropertyValue? other) =>
        Kind is PropertyKind.Boolean or PropertyKind.Number or PropertyKind.Text
        && other is not null
        && (Kind, Text, Number, Flag) == (other.Kind, other.Text, other.Number, other.Flag);

    /// <summary>The number as a text that is the same everywhere.</summary>
    public string NumberText => Number.ToString("R", CultureInfo.InvariantCulture);

    // It may be a secret.
    public override string ToString() => IsSecret ? $"{Word}, secret" : Word;
}

/// <summary>What a value is.</summary>
internal enum PropertyKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
    Asset,

    /// <summary>An archive, a reference to a resource, or a text that is no UTF-8. No store has one.</summary>
    Other,

    /// <summary>A value that exists only after something else was created. Only previews have one.</summary>
    Unknown,
}

/// <summary>Values by name.</summary>
internal sealed class PropertyMap : Dictionary<string, PropertyValue>
{
    public static readonly PropertyMap Empty = [];

    public PropertyMap()
        : base(StringComparer.Ordinal) { }

    public PropertyMap(IEnumerable<KeyValuePair<string, PropertyValue>> values)
        : base(values, StringComparer.Ordinal) { }

    public bool HasUnknown => Values.Any(v => v.HasUnknown);

    /// <summary>A text; null when it is not set, or something else.</summary>
    public string? Text(string name) =>
        this.GetValueOrDefault(name) is { Kind: PropertyKind.Text } value ? value.Text : null;
}
