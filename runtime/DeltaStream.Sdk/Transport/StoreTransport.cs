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

    /// <summary>What an exception proves about the statement that was being executed.</summary>
    public static StatementFate FateOf(Exception exception) =>
        exception switch
        {
            DeltaStreamException { MayHaveExecuted: true } => StatementFate.Unknown,
            DeltaStreamException { SqlState: null, HttpStatus: null } => StatementFate.NotSent,
            DeltaStreamException => StatementFate.Refused,
            DbException e when !IsFatal(e) && DeltaStreamException.ProvesRefusal(e.SqlState) => StatementFate.Refused,
            _ => StatementFate.Unknown,
        };

    // A server that ends the connection says nothing certain about the statement. Npgsql gives the severity beside the exception.
    private static bool IsFatal(DbException exception) =>
        (exception.Data["InvariantSeverity"] ?? exception.Data["Severity"]) is "FATAL" or "PANIC";
}
