using System.Text.Json;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Resilience;
using DeltaStream.Data.Results;
using DeltaStream.Data.Statements;
using DeltaStream.Data.Telemetry;

namespace DeltaStream.Data.Wire;

/// <summary>One execution of a statement: submitted, polled until it is done, and its partitions fetched from where they are.</summary>
internal sealed class StatementExecution(ServiceClient service, StatementCall call)
{
    private readonly ConnectionSettings _settings = service.Settings;
    private readonly StatementOutline _outline = StatementOutline.Of(call.Text);

    // A statement without a literal has no secret, and an error may well repeat it. The whole comes before its parts.
    private readonly string?[] _unspoken = call.Text.Contains('\'')
        ? [call.Text.TrimEnd().TrimEnd(';'), .. SecretLiterals.Of(call.Text)]
        : [];

    public async ValueTask<StatementResult> ExecuteAsync(bool async, CancellationToken cancellationToken)
    {
        using var activity = StatementActivity.Start(_outline.Operation, _settings.Server);
        try
        {
            using var clock = NewClock(call.Cancelled, cancellationToken);
            var submission = Submission();
            var polls = new PollLoop(service.Http, clock, async);
            var outcome = await polls.RunAsync(submission, Poll).ConfigureAwait(false);
            using (outcome)
            {
                outcome.ThrowIfFailed(mayHaveExecuted: false);
                activity.Succeeded(outcome.Envelope.SqlState!);
                return outcome.Envelope.Metadata?.Dataplane is { } redirect
                    ? await RedirectedAsync(outcome, redirect, polls).ConfigureAwait(false)
                    : Result(outcome, outcome.Envelope.Metadata?.Context, Poll);
            }
        }
        catch (Exception e)
        {
            activity.Failed(e);
            throw;
        }
    }

    private CommandClock NewClock(CancellationToken cancelled, CancellationToken caller) =>
        new(_settings.TimeProvider, call.Timeout, cancelled, caller);

    private Exchange Submission()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new StatementRequest(
                _outline.Terminated,
                call.Context.Organization,
                call.Context.Role,
                call.Context.Database,
                call.Context.Schema,
                call.Context.Store,
                call.Context.ComputePool,
                new(_settings.SessionId, "UTC")
            ),
            WireJson.Default.StatementRequest
        );
        return new()
        {
            Address = service.Address("statements"),
            Token = _settings.Token,
            Content = () => StatementContent.Create(json, call.Attachments),
            IsRead = _outline.IsRead,
            Unspoken = _unspoken,
        };
    }

    private Exchange Poll(string statementId, int? partition) =>
        new()
        {
            Address = service.Address($"statements/{Uri.EscapeDataString(statementId)}{service.Query(partition)}"),
            Token = _settings.Token,
            IsRead = _outline.IsRead,
            StatementId = statementId,
            Unspoken = _unspoken,
        };

    // The rows are on a dataplane, which has a token of its own: neither token ever goes to the other place.
    private async ValueTask<StatementResult> RedirectedAsync(Outcome outcome, DataplaneRequest redirect, PollLoop polls)
    {
        var dataplane = DataplaneAddress.From(redirect, outcome);
        var metadata = outcome.Envelope.Metadata;
        var rows = await polls.RunAsync(Fetch(dataplane.StatementId, 0), Fetch).ConfigureAwait(false);
        using (rows)
        {
            rows.ThrowIfFailed(mayHaveExecuted: !_outline.IsRead);
            if (rows.Envelope.Metadata?.Dataplane is not null)
            {
                throw TransportFailure.Unreadable(rows.Exchange, rows.Status, "a dataplane points to yet another one");
            }

            return Result(rows, metadata?.Context, Fetch);
        }

        Exchange Fetch(string _, int? partition) =>
            new()
            {
                Address = new($"{dataplane.Statement}{service.Query(partition)}"),
                Token = dataplane.Token,
                IsRead = _outline.IsRead,
                StatementId = dataplane.StatementId,
                Unspoken = [.. _unspoken, _settings.Token],
            };
    }

    private StatementResult Result(Outcome outcome, AnswerContext? context, Func<string, int?, Exchange> exchange)
    {
        var metadata = outcome.Envelope.Metadata;
        if (metadata?.Encoding is { Length: > 0 } encoding && encoding != "json")
        {
            throw TransportFailure.Unreadable(outcome.Exchange, outcome.Status, "its rows are not encoded as JSON");
        }

        var columns = Columns(metadata);
        var id = outcome.StatementId;
        var count = Math.Max(1, metadata?.Partitions?.Length ?? 1);
        if (count > 1 && id is null)
        {
            throw TransportFailure.Unreadable(
                outcome.Exchange,
                outcome.Status,
                "it has several partitions and no statement ID"
            );
        }

        return new(columns, count, id, Context(context), outcome.TakeRows(), FetchAsync);

        async ValueTask<Partition> FetchAsync(int index, bool async, CancellationToken cancellationToken)
        {
            service.ThrowIfClosed();
            using var clock = NewClock(call.Cancelled, cancellationToken);
            var next = await new PollLoop(service.Http, clock, async)
                .RunAsync(exchange(id!, index), (_, _) => exchange(id!, index))
                .ConfigureAwait(false);
            using (next)
            {
                next.ThrowIfFailed(mayHaveExecuted: !_outline.IsRead);
                if (Columns(next.Envelope.Metadata) is { Length: > 0 } now && now.Length != columns.Length)
                {
                    throw TransportFailure.Unreadable(
                        next.Exchange,
                        next.Status,
                        $"partition {index} has {now.Length} columns, the first one {columns.Length}"
                    );
                }

                return next.TakeRows();
            }
        }
    }

    private static ResultColumn[] Columns(AnswerMetadata? metadata) =>
        [.. (metadata?.Columns ?? []).Select(c => new ResultColumn(c?.Name ?? "", c?.Type ?? "", c?.Nullable ?? true))];

    private static SessionContext? Context(AnswerContext? context) =>
        context is null
            ? null
            : new()
            {
                Organization = context.Organization,
                Role = context.Role,
                Database = context.Database,
                Schema = context.Schema,
                Store = context.Store,
                ComputePool = context.ComputePool,
            };
}
