namespace DeltaStream.TestSupport;

/// <summary>
/// A table that a test run fills, cell by cell. It is written to a file each time, so that a run that breaks off shows the rest as
/// missing. The build prints the file after the run, for a test's own output is not shown.
/// </summary>
/// <param name="file">The file's name; it is written to the folder of the tests.</param>
/// <param name="title">What the table shows.</param>
/// <param name="head">The heads of all columns: those that name a row, then those that are filled.</param>
/// <param name="rows">What names each row, in the order of the table.</param>
public sealed class TableFile(
    string file,
    string title,
    IReadOnlyList<string> head,
    IReadOnlyList<IReadOnlyList<string>> rows
)
{
    private readonly string _path = Path.Combine(AppContext.BaseDirectory, file);
    private readonly Dictionary<(string Row, string Column), string> _cells = [];
    private readonly Lock _gate = new();

    /// <summary>What stands in a cell that was not filled. The build fails when a whole run left one.</summary>
    public Func<IReadOnlyList<string>, string> Unfilled { get; init; } = _ => "missing";

    /// <summary>Fills cells of a row.</summary>
    public void Fill(IReadOnlyList<string> row, params IEnumerable<(string Column, string Text)> cells)
    {
        lock (_gate)
        {
            foreach (var (column, text) in cells)
            {
                _cells[(Key(row), column)] = text;
            }

            File.WriteAllText(
                _path,
                TextTable.Of(
                    title,
                    [
                        [.. head],
                        .. rows.Select(Line),
                    ]
                )
            );
        }
    }

    private string[] Line(IReadOnlyList<string> row) =>
        [.. row, .. head.Skip(row.Count).Select(c => _cells.GetValueOrDefault((Key(row), c)) ?? Unfilled(row))];

    private static string Key(IReadOnlyList<string> row) => string.Join('\n', row);
}
