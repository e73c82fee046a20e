namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>The query of the bare ways: the columns that the client reads.</summary>
internal static class BareSql
{
    public const string Select =
        "SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM deltastream.sys.\"stores\"";
}
