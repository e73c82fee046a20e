using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Transport;

/// <summary>The way that statements take to the service, and what it can carry besides SQL text.</summary>
internal sealed class StoreTransport(DbDataSource dataSource)
{
    private readonly bool _isRest = dataSource is DeltaStreamDataSource;

    /// <summary>How files travel.</summary>
    public StoreFileTransport Files => _isRest ? StoreFileTransport.Attachment : StoreFileTransport.Inline;

    /// <summary>Whether each statement may act as a role of its own.</summary>
    public bool SwitchesRoles => _isRest;

    /// <summary>The API token, which no message may show; null when the transport has none.</summary>
    public string? Token => (dataSource as DeltaStreamDataSource)?.Token;

    /// <summary>Opens a connection. If that fails, no statement was sent.</summary>
    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        dataSource.OpenConnectionAsync(cancellationToken);

    /// <summary>Makes a command from a statement.</summary>
    /// <param name="connection">A connection of this transport.</param>
    /// <param name="statement">The statement; its files travel as <see cref="Files"/> says.</param>
    /// <param name="role">The role that acts; null for the connection's role.</param>
    public static DbCommand CreateCommand(DbConnection connection, StoreStatement statement, string? role)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Reveal();
        if (command is DeltaStreamCommand rest)
        {
            rest.Role = role;
            rest.Secrets = statement.Secrets;
            foreach (var (token, file) in statement.Attachments)
            {
                rest.Attachments.Add(token, file.Reveal());
            }
        }
        else if (role is not null)
        {
            throw new InvalidOperationException("A role reached a transport that can't switch roles.");
        }

        return command;
    }

    /// <summary>Whether the service may have executed a statement that failed: the response was lost, or does not say.</summary>
    public static bool MayHaveExecuted(DbException exception) =>
        exception is DeltaStreamException rest
            ? rest.MayHaveExecuted
            // No SQLSTATE means no response. Class 08 and 57P0x say that the connection broke, and nothing about the statement.
            : exception.SqlState is null or ""
                || exception.SqlState.StartsWith("08", StringComparison.Ordinal)
                || exception.SqlState.StartsWith("57P0", StringComparison.Ordinal);
}
