using DeltaStream.EndToEnd.Tests.Wire;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>What a server of the PostgreSQL protocol sends that repeats what it is given.</summary>
internal static class EchoingPostgres
{
    /// <summary>The response to a statement.</summary>
    /// <param name="sql">The statement, behind the empty name of a prepared one.</param>
    /// <param name="says">What the server says to a statement with this first word; empty for a probe.</param>
    public static byte[] Response(string sql, Func<string, Echo> says)
    {
        var word = string.Concat(sql.TrimStart('\0').TakeWhile(char.IsAsciiLetter));
        var echo = says(word);
        if (echo.Carrier is Carrier.Error or Carrier.SqlState or Carrier.Fatal or Carrier.Notice)
        {
            // Everywhere where an error may have text.
            var error = PostgresMessage.Error("SVCMDHWqRFsctdn".Select(field => (field, Said(field, echo))));
            return
            [
                // A notice is an error with another letter.
                .. echo.Carrier == Carrier.Notice ? [(byte)'N', .. error[1..]] : (byte[])[],
                .. error,
                .. echo.Carrier == Carrier.Fatal ? [] : PostgresMessage.Ready,
            ];
        }

        return word is "SELECT" or "DESCRIBE" ? Row(echo) : PostgresMessage.Done("CREATE STORE");
    }

    private static byte[] Row(Echo echo)
    {
        string[] columns = [.. echo.Columns.Select(c => c.Name), "created_at", "updated_at"];
        byte[] time = [0, 0, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0];
        return
        [
            .. PostgresMessage.Bound,
            .. PostgresMessage.Columns([
                .. columns.Select(
                    (name, i) =>
                        (name, i < columns.Length - 2 ? PostgresMessage.TextType : PostgresMessage.TimestampType)
                ),
            ]),
            .. echo.IsRow
                ? PostgresMessage.Of(
                    'D',
                    [
                        .. PostgresMessage.Short(columns.Length),
                        .. echo.Columns.SelectMany(c => PostgresMessage.Cell(c.Value)),
                        .. time,
                        .. time,
                    ]
                )
                : [],
            .. PostgresMessage.Of('C', PostgresMessage.Text(echo.IsRow ? "SELECT 1" : "SELECT 0")),
            .. PostgresMessage.Ready,
        ];
    }

    private static string Said(char field, Echo echo) =>
        field switch
        {
            'S' or 'V' => echo.Carrier == Carrier.Fatal ? "FATAL" : "ERROR",
            'C' => echo.Carrier == Carrier.SqlState ? echo.Text : "42601",
            _ => echo.Text,
        };
}
