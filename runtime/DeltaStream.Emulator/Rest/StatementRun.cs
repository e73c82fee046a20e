using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Logging;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Rest;

/// <summary>Runs the statements of a request, in order up to the first that is refused. The last result is the response.</summary>
internal sealed class StatementRun(
    StatementExecutor executor,
    RoleBook roles,
    int? partitionRows,
    TimeProvider time,
    ILogger logger
)
{
    public async ValueTask<StatementResponse> RunAsync(StatementRequest request, CancelSwitch cancel)
    {
        var ids = new List<Guid> { Guid.NewGuid() };
        try
        {
            return await RunAllAsync(request, ids, cancel).ConfigureAwait(false);
        }
        catch (StatementException e)
        {
            if (cancel.IsOn)
            {
                Log.RestStopped(logger, ids[^1]);
            }

            Log.RestRefused(logger, e.SqlState);
            return Refusal(ids, e);
        }
#pragma warning disable CA1031 // A mistake of the emulator is reported as the service reports one of its own.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RestInternalError(logger, e.GetType().Name, Log.PlaceOf(e));
            return Refusal(ids, new StatementException(SqlState.Internal, "internal error of the emulator"));
        }
    }

    private async ValueTask<StatementResponse> RunAllAsync(
        StatementRequest request,
        List<Guid> ids,
        CancelSwitch cancel
    )
    {
        var given = request.Context;
        var context = given with
        {
            Organization = given.Organization is { Length: > 0 } name ? name : EmulatorIdentity.Organization,
            Role = given.Role is { Length: > 0 } role ? Known(role).Name : roles.Administrator.Name,
        };
        var statements = request.Statements.Statements;
        if (statements.Count == 0)
        {
            throw new StatementException(SqlState.SyntaxError, "the statement is empty");
        }

        StatementResponse? response = null;
        foreach (var statement in statements)
        {
            if (response is not null)
            {
                ids.Add(Guid.NewGuid());
            }

            Log.RestStatementBegun(logger, ids[^1], statement.Kind);
            var running = new StatementContext(Known(context.Role!), request.Attachments, cancel);
            using var result = await executor.RunAsync(statement, [], null, running).ConfigureAwait(false);
            context = statement switch
            {
                UseStore use => context with { Store = use.Name },
                UseRole use => context with { Role = Known(use.Name).Name },
                _ => context,
            };
            response = new StatementResponse
            {
                Ids = ids,
                CreatedAt = time.GetUtcNow(),
                SqlState = SqlState.Success,
                Context = context,
                Columns = result.Columns,
                Partitions = result.IsComputed
                    ? await OwnThread.RunAsync(() => ResultPartitions.Of(result, partitionRows)).ConfigureAwait(false)
                    : ResultPartitions.Of(result, partitionRows),
            };
        }

        return response!;
    }

    private Role Known(string role) =>
        roles.Find(role) ?? throw new StatementException(SqlState.InvalidRole, $"role {role} does not exist");

    private StatementResponse Refusal(List<Guid> ids, StatementException e) =>
        new()
        {
            Ids = ids,
            CreatedAt = time.GetUtcNow(),
            SqlState = e.SqlState,
            Message = e.Message,
        };
}
