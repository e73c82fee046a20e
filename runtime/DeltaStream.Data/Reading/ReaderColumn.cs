using DeltaStream.Data.Results;
using DeltaStream.Data.Secrets;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Reading;

/// <summary>A column of a reader, as getters and messages need it.</summary>
internal readonly struct ReaderColumn(int ordinal, ResultColumn column)
{
    public int Ordinal => ordinal;

    public string Name => column.Name ?? "";

    /// <summary>The name in quotes, for a message.</summary>
    public string Quoted => $"'{ServiceText.Visible(Name)}'";

    /// <summary>The type as the service writes it; empty when it wrote none.</summary>
    public string TypeName => column.Type ?? "";

    /// <summary>The type's name, for a message.</summary>
    public string ShownType => ServiceText.Visible(TypeName);

    public ColumnType Type { get; } = ColumnType.Parse(column.Type ?? "");

    public bool AllowsNull => column.Nullable ?? true;

    /// <summary>Whether it is of one of these kinds.</summary>
    public bool Is(ValueKind kinds) => (Type.Kind & kinds) == Type.Kind;
}
