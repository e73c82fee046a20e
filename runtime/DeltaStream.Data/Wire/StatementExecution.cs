using System.Runtime.CompilerServices;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;
using DeltaStream.Data.Secrets;
using DeltaStream.Data.Statements;
using DeltaStream.Data.Telemetry;

namespace DeltaStream.Data.Wire;

/// <summary>One execution of a statement: it submits the statement, polls until it ends, and fetches its partitions.</summary>
internal sealed class StatementExecution
{
    private readonly ConnectionSettings _settings;
    private readonly StatementOutline _outline;

    // An error may well repeat the statement. Without a literal a statement has no secret.
    private readonly Func<IEnumerable<string?>> _secrets;
    private readonly string? _statement;

    private readonly ServiceClient _service;

    /// <param name="service">The service.</param>
    /// <param name="text">The statement.</param>
    /// <param name="outline">What is known of it.</param>
    /// <param name="secrets">What of it no message may show; null when nobody said, and so every value of a change.</param>
    public StatementExecution(
        ServiceClient service,
        string text,
        StatementOutline outline,
        Func<IEnumerable<string?>>? secrets
    )
    {
        (_service, _settings) = (service, service.Settings);
        _outline = outline;
        _statement = text.Contains('\'') ? text : null;
        var isRead = _outline.IsRead;
        _secrets = () =>
            [
                .. secrets?.Invoke() ?? [],
                .. SecretLiterals.Of(text, all: secrets is null && !isRead),
                .. Attachments!.SelectMany(file => Needle.TextsOf(file.Content.Span)),
            ];
    }

    public required SessionContext Context { get; init; }

    public required (string Name, ReadOnlyMemory<byte> Content)[] Attachments { get; init; }

    /// <summary>The timeout of the whole command; infinite for none.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The most bytes that a response may have; null for the limit of the statement's kind.</summary>
    public required int? MaxResponseSize { get; init; }

    /// <inheritdoc cref="DeltaStreamCommand.IsOfClient"/>
    public required bool IsOfClient { get; init; }

    /// <summary>Stops the execution as <see cref="DeltaStreamCommand.Cancel"/> does.</summary>
    public required CancellationToken Cancelled { get; init; }

    private int Limit => MaxResponseSize ?? ResponseLimit.Of(_outline);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StatementResult> ExecuteAsync(bool async, CancellationToken cancellationToken)
    {
        using var activity = StatementActivity.Start(_outline.Operation, _settings.Server);
        try
        {
            using var clock = _service.Clock(Timeout, Cancelled, cancellationToken);
            var polls = new PollLoop(_service.Sender, clock, async);
            Func<string, int?, ServiceRequest> poll = Poll;
            using var response = await polls.RunAsync(Submission(), poll).ConfigureAwait(false);
            response.ThrowIfFailed(mayHaveExecuted: false);
            activity.Succeeded(response.SqlState!);
            return response.Metadata?.Dataplane is { } redirect
                ? await RedirectedAsync(response, redirect, polls).ConfigureAwait(false)
                : Result(response, response.Metadata?.Context, poll);
        }
        catch (Exception e)
        {
            activity.Failed(e);
            throw;
        }
    }

    private ServiceRequest Submission()
    {
        var json = StatementContent.Json(_outline.Terminated, Context, _settings.SessionId);
        return new()
        {
            Address = _service.Statements,
            Token = _service.Token,
            Content = () => StatementContent.Create(json, Attachments),
            IsRead = _outline.IsRead,
            MaxResponseSize = Limit,
            CanRaiseLimit = !IsOfClient,
            IsShort = IsOfClient,
            Secrets = _secrets,
            Statement = _statement,
        };
    }

    private ServiceRequest Poll(string statementId, int? partition) =>
        new()
        {
            Address = _service.Address($"statements/{Uri.EscapeDataString(statementId)}{_service.Query(partition)}"),
            Token = _service.Token,
            IsRead = _outline.IsRead,
            MaxResponseSize = Limit,
            CanRaiseLimit = !IsOfClient,
            IsShort = IsOfClient,
            StatementId = statementId,
            Secrets = _secrets,
            Statement = _statement,
        };

    // The rows are on a dataplane, which has a token of its own: neither token ever goes to the other server.
    private async ValueTask<StatementResult> RedirectedAsync(
        StatementResponse response,
        DataplaneRequest redirect,
        PollLoop polls
    )
    {
        var dataplane = DataplaneAddress.From(redirect, response, _settings.InsecureHosts);
        var token = BearerToken.OfDataplane(dataplane.Token);
        using var rows = await polls.RunAsync(Fetch(dataplane.StatementId, 0), Fetch).ConfigureAwait(false);
        rows.ThrowIfFailed(mayHaveExecuted: !_outline.IsRead);
        return rows.Metadata?.Dataplane is null
            ? Result(rows, response.Metadata?.Context, Fetch)
            : throw rows.Unreadable("a dataplane points to yet another one");

        ServiceRequest Fetch(string _, int? partition) =>
            new()
            {
                Address = new($"{dataplane.Statement}{_service.Query(partition)}"),
                Token = token,
                IsRead = _outline.IsRead,
                MaxResponseSize = Limit,
                CanRaiseLimit = !IsOfClient,
                IsShort = IsOfClient,
                StatementId = dataplane.StatementId,
                Secrets = () => [.. _secrets(), .. _service.Token.Used],
                Statement = _statement,
            };
    }

    private StatementResult Result(
        StatementResponse response,
        SessionContext? context,
        Func<string, int?, ServiceRequest> request
    )
    {
        var metadata = response.Metadata;
        if (metadata?.Encoding is { Length: > 0 } encoding && encoding != "json")
        {
            throw response.Unreadable("its rows are not encoded as JSON");
        }

        var columns = metadata?.Columns ?? [];
        var count = Math.Max(1, metadata?.Partitions?.Count ?? 1);
        var id = response.StatementId;
        if (count > 1 && (id is null || response.Request.Hides(id)))
        {
            throw response.Unreadable("it has several partitions and no statement ID that can be in an address");
        }

        // Few ask for it, and to search it for secrets takes time.
        return new(columns, count, () => response.Request.Quote(id))
        {
            Context = context,
            FirstPartition = response.TakeRows(),
            Fetch = FetchAsync,
        };

        async ValueTask<Partition> FetchAsync(int index, bool async, CancellationToken cancellationToken)
        {
            _service.ThrowIfClosed();
            using var clock = _service.Clock(Timeout, Cancelled, cancellationToken);
            using var next = await new PollLoop(_service.Sender, clock, async)
                .RunAsync(request(id!, index), (_, _) => request(id!, index))
                .ConfigureAwait(false);
            next.ThrowIfFailed(mayHaveExecuted: !_outline.IsRead);
            return next.Metadata?.Columns is { Count: > 0 } now && now.Count != columns.Count
                ? throw next.Unreadable($"partition {index} has {now.Count} columns, the first one {columns.Count}")
                : next.TakeRows();
        }
    }
}
