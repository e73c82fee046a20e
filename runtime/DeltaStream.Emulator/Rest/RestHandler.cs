using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Faults;
using DeltaStream.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace DeltaStream.Emulator.Rest;

/// <summary>The REST API (facts 5.1): finds what a request asks for and answers it.</summary>
internal sealed class RestHandler(
    Admission admission,
    StatementRun run,
    KeptStatements kept,
    RestFaults faults,
    bool asyncStatements,
    ILogger logger,
    CancellationToken stopping
)
{
    private const string NotHttp = "the request is not valid HTTP";
    private const string Version = "/v2/version";
    private const string Statements = "/v2/statements";

    public async Task HandleAsync(HttpContext http)
    {
        // A request that waits for its body or for a fault's end does not hold up the emulator's.
        await using var stop = stopping.Register(http.Abort).ConfigureAwait(false);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await AnswerAsync(http, gone.Token).ConfigureAwait(false);
        }
        catch (RestException e)
        {
            await SendAsync(http, e.Status, AnswerJson.Error(e.Message)).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            var message = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "the request is too large" : NotHttp;
            await SendAsync(http, e.StatusCode, AnswerJson.Error(message)).ConfigureAwait(false);
        }
        // Kestrel says of some broken chunks that they are broken, and of others that they can't be read.
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            await SendAsync(http, StatusCodes.Status400BadRequest, AnswerJson.Error(NotHttp)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, or the emulator stops.
        }
#pragma warning disable CA1031 // A mistake of the emulator ends one request, not the emulator.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RestInternalError(logger, e.GetType().Name, e.StackTrace?.Split('\n')[0].Trim());
            if (!http.Response.HasStarted)
            {
                await SendAsync(
                        http,
                        StatusCodes.Status500InternalServerError,
                        AnswerJson.Error("internal error of the emulator")
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private Task AnswerAsync(HttpContext http, CancellationToken cancellationToken)
    {
        admission.Check(http);
        var path = http.Request.Path.Value ?? "";
        if (path == Version)
        {
            RequireMethod(http, HttpMethods.Get);
            return SendAsync(http, StatusCodes.Status200OK, AnswerJson.Version(2, 0, 0));
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
        var request = await RequestBody.ReadAsync(http.Request, cancellationToken).ConfigureAwait(false);
        var heads = StatementWords.Heads(request.Statement);
        if (!faults.LetIn(http, heads))
        {
            return;
        }

        var cancel = new CancelSwitch();
        StatementAnswer answer;
        await using (cancellationToken.Register(cancel.CancelForGood).ConfigureAwait(false))
        {
            answer = run.Run(request, cancel);
        }

        kept.Add(answer, heads);
        await SendAsync(http, answer, asyncStatements, 0, heads, cancellationToken).ConfigureAwait(false);
    }

    private async Task PollAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var statementId) || kept.Find(statementId) is not { } found)
        {
            throw RestException.NotFound("there is no such statement, or it is too long ago");
        }

        if (!faults.LetIn(http, found.Heads))
        {
            return;
        }

        var partition = PartitionOf(http.Request, found.Answer);
        var running = asyncStatements && kept.IsRunning(statementId);
        await SendAsync(http, found.Answer, running, partition, found.Heads, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(
        HttpContext http,
        StatementAnswer answer,
        bool running,
        int partition,
        IReadOnlyList<string> heads,
        CancellationToken cancellationToken
    )
    {
        await faults.DelayAsync(heads, cancellationToken).ConfigureAwait(false);
        var body = running ? AnswerJson.Running(answer) : AnswerJson.Result(answer, partition);
        if (faults.Sendable(http, heads, body.Length) is not { } sendable)
        {
            return;
        }

        var status = running ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        await SendAsync(http, status, body, sendable).ConfigureAwait(false);
    }

    private static int PartitionOf(HttpRequest request, StatementAnswer answer)
    {
        if (!request.Query.TryGetValue("partitionID", out var text))
        {
            return 0;
        }

        var count = Math.Max(answer.Partitions.Count, 1);
        return
            int.TryParse(
                text,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var partition
            )
            && partition < count
            ? partition
            : throw RestException.BadRequest($"there is no such partition: partitionID is 0 to {count - 1}");
    }

    private static void RequireMethod(HttpContext http, string method)
    {
        if (http.Request.Method == method)
        {
            return;
        }

        http.Response.Headers.Allow = method;
        throw new RestException(
            StatusCodes.Status405MethodNotAllowed,
            $"the method is not allowed here; it is {method}"
        );
    }

    private Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body) =>
        SendAsync(http, status, body, body.Length);

    private async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body, int sendable)
    {
        Log.RestAnswered(logger, status);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body[..sendable], http.RequestAborted).ConfigureAwait(false);
    }
}
