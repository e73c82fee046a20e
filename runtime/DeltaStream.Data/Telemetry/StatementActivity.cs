using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace DeltaStream.Data.Telemetry;

/// <summary>A statement in a trace, with OpenTelemetry's names for databases. Its text is not there: it may hold secrets.</summary>
internal readonly struct StatementActivity : IDisposable
{
    public const string SourceName = "DeltaStream.Data";

    private static readonly ActivitySource s_source = new(SourceName);

    private readonly Activity? _activity;

    private StatementActivity(Activity? activity) => _activity = activity;

    public static StatementActivity Start(string? operation, Uri server)
    {
        var activity = s_source.StartActivity(operation ?? "deltastream", ActivityKind.Client);
        activity?.SetTag("db.system.name", "deltastream");
        if (operation is not null)
        {
            activity?.SetTag("db.operation.name", operation);
        }

        activity?.SetTag("server.address", server.Host);
        activity?.SetTag("server.port", server.Port);
        return new(activity);
    }

    public void Succeeded(string sqlState) => _activity?.SetTag("db.response.status_code", sqlState);

    // The message is not the description: the service's text may repeat parts of the statement.
    public void Failed(Exception failure)
    {
        if (_activity is null)
        {
            return;
        }

        var known = failure as DeltaStreamException;
        if (known?.SqlState is { } state)
        {
            _activity.SetTag("db.response.status_code", state);
        }

        _activity.SetTag("error.type", ErrorType(failure, known));
        _activity.SetStatus(ActivityStatusCode.Error);
    }

    // It has few different values, so that traces can be searched by it.
    private static string? ErrorType(Exception failure, DeltaStreamException? known) =>
        known switch
        {
            { SqlState: { } state } => state,
            { HttpStatus: { } status and not (HttpStatusCode.OK or HttpStatusCode.Accepted) } => ((int)status).ToString(
                CultureInfo.InvariantCulture
            ),
            { InnerException: TimeoutException or OperationCanceledException or HttpRequestException } => known
                .InnerException.GetType()
                .FullName,
            _ => failure.GetType().FullName,
        };

    public void Dispose() => _activity?.Dispose();
}
