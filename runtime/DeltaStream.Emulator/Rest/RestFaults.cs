using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace DeltaStream.Emulator.Rest;

/// <summary>The faults of the REST API as they happen to a request.</summary>
internal sealed class RestFaults(EmulatorFaults faults, TimeProvider time)
{
    /// <summary>Refuses a request whose statement is not to be executed; false after a reset.</summary>
    /// <exception cref="RestException">The response is an error.</exception>
    public bool LetIn(HttpContext http, IReadOnlyList<string> heads)
    {
        var fault = faults.Take(
            heads,
            EmulatorFaultKind.ServiceUnavailable,
            EmulatorFaultKind.TooManyRequests,
            EmulatorFaultKind.ResetBeforeExecution
        );
        switch (fault?.Kind)
        {
            case null:
                return true;
            case EmulatorFaultKind.ResetBeforeExecution:
                Reset(http);
                return false;
            case EmulatorFaultKind.TooManyRequests:
                throw Refusal(http, fault, StatusCodes.Status429TooManyRequests, "too many requests");
            default:
                throw Refusal(http, fault, StatusCodes.Status503ServiceUnavailable, "the service is unavailable");
        }
    }

    /// <summary>Waits when a fault delays the response.</summary>
    public Task DelayAsync(IReadOnlyList<string> heads, CancellationToken cancellationToken) =>
        faults.Take(heads, EmulatorFaultKind.SlowHeaders) is { } fault
            ? Task.Delay(fault.Delay, time, cancellationToken)
            : Task.CompletedTask;

    /// <summary>How much of a response is sent: all of it, a part, or, after a reset, nothing (null).</summary>
    public long? Sendable(HttpContext http, IReadOnlyList<string> heads, long length)
    {
        switch (faults.Take(heads, EmulatorFaultKind.TruncatedBody, EmulatorFaultKind.ResetAfterExecution)?.Kind)
        {
            case EmulatorFaultKind.TruncatedBody:
                return length / 2;
            case EmulatorFaultKind.ResetAfterExecution:
                Reset(http);
                return null;
            default:
                return length;
        }
    }

    private static RestException Refusal(HttpContext http, EmulatorFault fault, int status, string message)
    {
        if (fault.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return new RestException(status, message + " (a fault that the emulator injects)");
    }

    private static void Reset(HttpContext http)
    {
        // Without lingering, closing is a reset and not an orderly end.
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        http.Abort();
    }
}
