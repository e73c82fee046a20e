using DeltaStream.EndToEnd.Tests.Wire;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>What a server of the PostgreSQL protocol sends that repeats what it is given.</summary>
internal static class EchoingPostgres
{
    /// <summary>The response to a statement, as the test wants it for a SELECT or a CREATE.</summary>
    public static byte[] Response(string sql, Func<string, Echo> says)
    {
        var isRead = sql.Contains("SELECT ", StringComparison.Ordinal);
        var echo = says(isRead ? "SELECT" : "CREATE");
        if (echo.Error is { } error)
        {
            // Everywhere where an error may have text.
            return
            [
                .. PostgresMessage.Error("SVCMDHWqRF".Select(field => (field, Said(field, error)))),
                .. PostgresMessage.Ready,
            ];
        }

        return isRead ? Row(echo) : PostgresMessage.Done("CREATE STORE");
    }

    private static byte[] Row(Echo echo)
    {
        string?[] texts = [Subtypes.Name, "Kafka", "errored", echo.StatusMessage, "sysadmin"];
        string[] columns = ["name", "type", "status", "status_message", "owner", "created_at", "updated_at"];
        byte[] time = [0, 0, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0];
        return
        [
            .. PostgresMessage.Bound,
            .. PostgresMessage.Columns([
                .. columns.Select(
                    (name, i) => (name, i < texts.Length ? PostgresMessage.TextType : PostgresMessage.TimestampType)
                ),
            ]),
            .. PostgresMessage.Of(
                'D',
                [.. PostgresMessage.Short(columns.Length), .. texts.SelectMany(PostgresMessage.Cell), .. time, .. time]
            ),
            .. PostgresMessage.Of('C', PostgresMessage.Text("SELECT 1")),
            .. PostgresMessage.Ready,
        ];
    }

    private static string Said(char field, string error) =>
        field switch
        {
            'S' or 'V' => "ERROR",
            'C' => "42601",
            _ => error,
        };
}
