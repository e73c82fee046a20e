using System.Globalization;
using DeltaStream.Emulator.Faults;
using DeltaStream.Emulator.Limits;
using DeltaStream.Emulator.Logging;
using DeltaStream.Emulator.Results;
using Microsoft.AspNetCore.Http;

namespace DeltaStream.Emulator.Rest;

/// <summary>The REST API (wire fact 5.1): finds what a request asks for and responds.</summary>
internal sealed class RestHandler(
    Admission admission,
    StatementRun run,
    KeptStatements kept,
    RestFaults faults,
    bool asyncStatements,
    MemoryBudget memory,
    ILogger logger,
    CancellationToken stopping
)
{
    private const string NotHttp = "the request is not valid HTTP";
    private const string Health = "/healthz";
    private const string Version = "/v2/version";
    private const string Statements = "/v2/statements";

    public async Task HandleAsync(HttpContext http)
    {
        // A request that waits for its body or for a fault's end does not hold up the emulator's.
        await using var stop = stopping.Register(http.Abort).ConfigureAwait(false);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await RespondAsync(http, gone.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is OperationCanceledException
                || (e is IOException && (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted))
            )
        {
            // The client is gone, or the emulator stops.
        }
#pragma warning disable CA1031 // A mistake of the emulator ends one request, not the emulator.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await RefuseAsync(http, e).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(HttpContext http, Exception e)
    {
        var (status, message) = e switch
        {
            RestException refusal => (refusal.Status, refusal.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } bad => (
                bad.StatusCode,
                "the request is too large"
            ),
            BadHttpRequestException bad => (bad.StatusCode, NotHttp),
            // Kestrel says of some broken chunks that they are broken, and of others that they can't be read.
            IOException => (StatusCodes.Status400BadRequest, NotHttp),
            _ => (StatusCodes.Status500InternalServerError, "internal error of the emulator"),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            Log.RestInternalError(logger, e.GetType().Name, Log.PlaceOf(e));
        }

        if (!http.Response.HasStarted)
        {
            await SendAsync(http, status, ResponseJson.Error(message)).ConfigureAwait(false);
        }
    }

    private Task RespondAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var path = http.Request.Path.Value ?? "";
        if (path == Health)
        {
            // Whoever watches over a container has no token, and learns nothing but this.
            RequireMethod(http, HttpMethods.Get, HttpMethods.Head);
            return SendAsync(http, StatusCodes.Status200OK, ResponseJson.Healthy);
        }

        admission.Check(http);
        if (path == Version)
        {
            RequireMethod(http, HttpMethods.Get);
            return SendAsync(http, StatusCodes.Status200OK, ResponseJson.Version);
        }

        if (path == Statements)
        {
            RequireMethod(http, HttpMethods.Post);
            return SubmitAsync(http, cancellationToken);
        }

        if (path.StartsWith(Statements + "/", StringComparison.Ordinal))
        {
            RequireMethod(http, HttpMethods.Get);
            return PollAsync(http, path[(Statements.Length + 1)..], cancellationToken);
        }

        throw RestException.NotFound("there is no such resource; the API is at /v2/version and /v2/statements");
    }

    private async Task SubmitAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var share = memory.Open();
        var request = await RequestBody.ReadAsync(http.Request, share, cancellationToken).ConfigureAwait(false);
        var heads = request.Statements.Heads;
        if (!faults.LetIn(http, heads))
        {
            return;
        }

        var cancel = new CancelSwitch();
        StatementResponse response;
        await using (cancellationToken.Register(cancel.CancelForGood).ConfigureAwait(false))
        {
            response = await run.RunAsync(request, cancel).ConfigureAwait(false);
        }

        await SendAsync(http, kept.Add(response, heads), asyncStatements, 0, cancellationToken).ConfigureAwait(false);
    }

    private async Task PollAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var statementId) || kept.Find(statementId) is not { } found)
        {
            throw RestException.NotFound("there is no such statement, or it is too long ago");
        }

        if (faults.LetIn(http, found.Heads))
        {
            var partition = PartitionOf(http.Request, found.Response);
            var isRunning = asyncStatements && kept.IsRunning(found);
            await SendAsync(http, found, isRunning, partition, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(
        HttpContext http,
        KeptStatement statement,
        bool isRunning,
        int partition,
        CancellationToken cancellationToken
    )
    {
        await faults.DelayAsync(statement.Heads, cancellationToken).ConfigureAwait(false);
        var body = isRunning
            ? ResponseJson.Running(statement.Response)
            : ResponseJson.Result(statement.Response, partition);
        if (faults.Sendable(http, statement.Heads, body.Length) is { } sendable)
        {
            var status = isRunning ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
            await SendAsync(http, status, body, sendable).ConfigureAwait(false);
        }
    }

    private static int PartitionOf(HttpRequest request, StatementResponse response)
    {
        if (!request.Query.TryGetValue("partitionID", out var text))
        {
            return 0;
        }

        var count = Math.Max(response.Partitions.Count, 1);
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var partition) && partition < count
            ? partition
            : throw RestException.BadRequest($"there is no such partition: partitionID is 0 to {count - 1}");
    }

    private static void RequireMethod(HttpContext http, params string[] methods)
    {
        if (methods.Contains(http.Request.Method))
        {
            return;
        }

        http.Response.Headers.Allow = string.Join(", ", methods);
        throw new RestException(
            StatusCodes.Status405MethodNotAllowed,
            $"the method is not allowed here; it is {string.Join(" or ", methods)}"
        );
    }

    private Task SendAsync(HttpContext http, int status, JsonText body) => SendAsync(http, status, body, body.Length);

    private async Task SendAsync(HttpContext http, int status, JsonText body, long sendable)
    {
        Log.RestAnswered(logger, status);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        foreach (var piece in body.Pieces)
        {
            var part = piece[..(int)Math.Min(piece.Length, sendable)];
            sendable -= part.Length;
            await http.Response.Body.WriteAsync(part, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
