using System.Data;
using System.Data.Common;

namespace DeltaStream.Sdk.Tests.Scripted;

/// <summary>How a scripted service responds.</summary>
internal static class Responses
{
    public static DateTime CreatedAt { get; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>No row.</summary>
    public static DataTable None()
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in new[] { "name", "type", "status", "status_message", "owner" })
        {
            table.Columns.Add(column, typeof(string));
        }

        table.Columns.Add("created_at", typeof(DateTime));
        table.Columns.Add("updated_at", typeof(DateTime));
        return table;
    }

    /// <summary>A row of the catalog.</summary>
    public static DataTable Store(string state, string? message = null, string name = "orders", string type = "Kafka")
    {
        var table = None();
        table.Rows.Add(name, type, state, (object?)message ?? DBNull.Value, "sysadmin", CreatedAt, CreatedAt);
        return table;
    }

    /// <summary>What DESCRIBE STORE shows of a store's addresses.</summary>
    public static DataTable Described(string uri)
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        table.Columns.Add("Metadata", typeof(string));
        table.Columns.Add("Uri", typeof(string));
        table.Rows.Add("{}", uri);
        return table;
    }

    public static bool IsPoll(string sql) =>
        sql.StartsWith("SELECT", StringComparison.Ordinal) || sql.StartsWith("DESCRIBE", StringComparison.Ordinal);
}

/// <summary>What a transport throws.</summary>
internal sealed class ScriptedException(string message, string? sqlState = null, bool isTransient = false)
    : DbException(message)
{
    public override string? SqlState { get; } = sqlState;

    public override bool IsTransient { get; } = isTransient;
}
