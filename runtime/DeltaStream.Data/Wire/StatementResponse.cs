using System.Globalization;
using System.Net;
using System.Text.Json;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>A response to a statement, a poll or a partition's fetch.</summary>
internal sealed class StatementResponse : IDisposable
{
    private readonly ServiceResponse _response;
    private readonly StatementBody _body;

    private StatementResponse(ServiceRequest request, ServiceResponse response, StatementBody body) =>
        (Request, _response, _body) = (request, response, body);

    public ServiceRequest Request { get; }

    public string? SqlState => _body.SqlState;

    public ResultMetadata? Metadata => _body.Metadata;

    public string? StatementId => string.IsNullOrEmpty(_body.StatementId) ? Request.StatementId : _body.StatementId;

    /// <summary>Reads a response, and takes over the duty to dispose of it.</summary>
    /// <exception cref="DeltaStreamException">It is not a response of the API.</exception>
    public static StatementResponse Read(ServiceRequest request, ServiceResponse response)
    {
        try
        {
            return new(request, response, StatementBody.Parse(response.Body));
        }
        // A 202 needs no body to tell a poll that the statement goes on.
        catch (JsonException) when (response.Status == HttpStatusCode.Accepted && request.StatementId is not null)
        {
            return new(request, response, new StatementBody());
        }
        catch (JsonException e)
        {
            response.Dispose();
            // The platform's exception may quote cells, so it goes no further.
            throw TransportFailure.Unreadable(
                request,
                response.Status,
                response.Length == 0 ? "it is empty"
                    : response.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase)
                        ? $"it is not JSON but {request.Quote(type)}"
                    : $"it is not the JSON that was expected{Position(e)}"
            );
        }
    }

    /// <summary>Whether the statement goes on: a 202 says so, and SQLSTATE 03000 in a 200.</summary>
    public bool IsPending =>
        SqlState == SqlStates.NotYetComplete
        || (_response.Status == HttpStatusCode.Accepted && SqlState is null or "" or SqlStates.Success);

    /// <exception cref="DeltaStreamException">The statement failed.</exception>
    public void ThrowIfFailed(bool mayHaveExecuted)
    {
        if (SqlState == SqlStates.Success)
        {
            return;
        }

        if (string.IsNullOrEmpty(SqlState))
        {
            throw Unreadable("it has no SQLSTATE");
        }

        var state = Request.Quote(SqlState) ?? "";
        throw new DeltaStreamException(
            Request.Quote(_body.Message) ?? $"The statement failed with SQLSTATE {state}; the service gave no text."
        )
        {
            State = state,
            HttpStatus = _response.Status,
            StatementId = Request.Quote(StatementId),
            Transient = SqlStates.IsTransient(state),
            MayHaveExecuted = mayHaveExecuted || (!Request.IsRead && !SqlStates.Refusals.Contains(state)),
        };
    }

    public DeltaStreamException Unreadable(string what) =>
        TransportFailure.Unreadable(Request, _response.Status, what, StatementId);

    /// <summary>Makes the exception of a result that this provider can't read.</summary>
    public DeltaStreamException Unsupported(string message) =>
        Request.Failure(message, cause: null, refused: false, status: _response.Status, statementId: StatementId);

    /// <summary>Gives the rows away, with the buffer that they are in.</summary>
    public Partition TakeRows()
    {
        var (offset, length) = _body.Rows.GetOffsetAndLength(_response.Length);
        var buffer = _response.Detach();
        return new(buffer, new ArraySegment<byte>(buffer, offset, length));
    }

    public void Dispose() => _response.Dispose();

    private static string Position(JsonException e) =>
        e.LineNumber is { } line && e.BytePositionInLine is { } position
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line}, byte {position}, both counted from 0)")
            : "";
}
