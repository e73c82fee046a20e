using System.Data.Common;
using System.Diagnostics;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Telemetry;

/// <summary>A statement on its way: an activity with OpenTelemetry's names for databases, and a count.</summary>
internal sealed class StatementSpan : IDisposable
{
    private readonly string _operation;
    private readonly Activity? _activity;
    private string? _errorType;

    private StatementSpan(string operation, Activity? activity) => (_operation, _activity) = (operation, activity);

    /// <returns>Null when nobody listens.</returns>
    public static StatementSpan? Start(StoreStatement statement, DbConnection connection)
    {
        if (!StoreTelemetry.RecordsStatements)
        {
            return null;
        }

        var operation = statement.Operation;
        var table = operation == "SELECT" ? StoreStatement.Catalog : null;
        var activity = StoreTelemetry.StartStatement(table is null ? operation : $"{operation} {table}");
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system.name", "deltastream");
            activity.SetTag(StoreTelemetry.DbOperation, operation);
            activity.SetTag("db.collection.name", table);
            // As the log shows it: without secrets.
            activity.SetTag("db.query.text", ServiceText.Visible(statement.ToString()));
            SetServer(activity, connection.DataSource);
        }

        return new StatementSpan(operation, activity);
    }

    /// <summary>Notes a failure. A statement that the caller cancelled has not failed.</summary>
    /// <param name="failure">The transport's exception. Its message may repeat the statement, so it is not shown.</param>
    /// <param name="sqlState">Its SQLSTATE without secrets; null for none.</param>
    public void Failed(Exception failure, string? sqlState)
    {
        if (failure is OperationCanceledException)
        {
            return;
        }

        // What has another form is a text that the service made up, and there may be any number of them.
        var state = sqlState is { Length: 5 or 6 } && sqlState.All(char.IsAsciiLetterOrDigit) ? sqlState : null;
        _errorType = state ?? failure.GetType().FullName;
        _activity?.SetTag("db.response.status_code", state);
        _activity?.SetTag(StoreTelemetry.ErrorType, _errorType);
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        StoreTelemetry.Sent(_operation, _errorType);
        _activity?.Dispose();
    }

    // 'host:port', or an address such as 'tcp://host:port'. A socket file has no host.
    private static void SetServer(Activity activity, string source)
    {
        var address = source.Contains("://", StringComparison.Ordinal) ? source : $"tcp://{source}";
        if (Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Host.Length > 0)
        {
            activity.SetTag("server.address", server.Host);
            activity.SetTag("server.port", server.Port > 0 ? server.Port : null);
        }
    }
}
