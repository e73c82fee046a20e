using Microsoft.Data.Sqlite;

namespace DeltaStream.Emulator.Catalog;

/// <summary>Runs constant SQL on SQLite. Values travel as parameters.</summary>
internal static class Sql
{
    /// <summary>The number of rows that it changed.</summary>
    public static int Run(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row.</summary>
    public static T Value<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql, []);
        return (T)command.ExecuteScalar()!;
    }

    public static SqliteCommand Command(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' texts are constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
