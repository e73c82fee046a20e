namespace DeltaStream.Data.Results;

/// <summary>A column as the API describes it.</summary>
/// <param name="Name">The name; not necessarily unique.</param>
/// <param name="Type">The type as the API writes it, such as <c>VARCHAR</c> or <c>DECIMAL(10,2)</c>.</param>
/// <param name="Nullable">Whether the API says that a cell may be null.</param>
internal sealed record ResultColumn(string Name, string Type, bool Nullable);
