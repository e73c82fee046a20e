namespace DeltaStream.Sdk.Values;

/// <summary>A value of a declaration that is data, and where it stands: what JSON, YAML and configuration have in common.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it begins.</param>
internal sealed record StoreNode(StoreNodeKind Kind, StorePlace Place)
{
    /// <summary>A text as it is, or the text of a number; empty for anything else.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Whether true or false.</summary>
    public bool Flag { get; init; }

    /// <summary>The members of an object, in their order. A name may come twice.</summary>
    public IReadOnlyList<StoreMember> Members { get; init; } = [];

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<StoreNode> Items { get; init; } = [];

    public StoreNode? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>What it is, in words.</summary>
    public string Word =>
        Kind switch
        {
            StoreNodeKind.Null => "null",
            StoreNodeKind.Boolean => Flag ? "true" : "false",
            StoreNodeKind.Number => "a number",
            StoreNodeKind.Object => "an object",
            StoreNodeKind.List => "a list",
            StoreNodeKind.Unknown => "not known yet",
            _ => "a text",
        };

    // Its text may be a secret.
    public override string ToString() => $"{Word} at {Place}";
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where the name begins.</param>
/// <param name="Value">Its value.</param>
internal sealed record StoreMember(string Name, StorePlace Place, StoreNode Value);

/// <summary>What a value is.</summary>
internal enum StoreNodeKind
{
    Null,
    Boolean,
    Number,
    Text,

    /// <summary>A text of configuration, which has nothing but texts: it may say a number, a flag, or where a file is.</summary>
    ConfiguredText,
    Object,
    List,

    /// <summary>A value that exists only later, such as the address of a cluster that is not created yet. Nothing judges it.</summary>
    Unknown,
}

/// <summary>A place in a text; both counts begin at 1, and are 0 where there is no text.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 code units.</param>
internal readonly record struct StorePlace(int Line, int Column)
{
    public override string ToString() => $"{Line},{Column}";
}
