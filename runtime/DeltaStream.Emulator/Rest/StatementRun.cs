using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Hosting;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Rest;

/// <summary>Runs the statements of a request, in order up to the first that is refused; the last one's result is the answer.</summary>
internal sealed class StatementRun(
    StatementExecutor executor,
    RoleBook roles,
    int? partitionRows,
    TimeProvider time,
    ILogger logger
)
{
    public StatementAnswer Run(StatementRequest request, CancelSwitch cancel)
    {
        var ids = new List<Guid> { Guid.NewGuid() };
        try
        {
            var role = request.Role is { Length: > 0 } name ? Known(name) : roles.Administrator;
            var context = new RequestContext(request, role.Name);
            return RunAll(request, context, ids, cancel);
        }
        catch (StatementException e)
        {
            Log.RestRefused(logger, e.SqlState);
            return Refusal(ids, e);
        }
#pragma warning disable CA1031 // A mistake of the emulator is answered as the service answers one of its own.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RestInternalError(logger, e.GetType().Name, e.StackTrace?.Split('\n')[0].Trim());
            return Refusal(ids, new StatementException(SqlState.Internal, "internal error of the emulator"));
        }
    }

    private StatementAnswer RunAll(
        StatementRequest request,
        RequestContext context,
        List<Guid> ids,
        CancelSwitch cancel
    )
    {
        var statements = Parser.Parse(request.Statement, Dialect.Rest);
        if (statements.Count == 0)
        {
            throw new StatementException(SqlState.SyntaxError, "the statement is empty");
        }

        StatementAnswer? answer = null;
        foreach (var statement in statements)
        {
            if (answer is not null)
            {
                ids.Add(Guid.NewGuid());
            }

            Log.RestStatementBegun(logger, ids[^1], statement.Kind);
            answer = RunOne(statement, request, context, ids, cancel);
        }

        return answer!;
    }

    private StatementAnswer RunOne(
        Statement statement,
        StatementRequest request,
        RequestContext context,
        List<Guid> ids,
        CancelSwitch cancel
    )
    {
        using var result = executor.Run(
            statement,
            [],
            null,
            new StatementContext(Known(context.Role), request.Attachments, cancel)
        );
        if (statement is UseStore store)
        {
            context.Store = store.Name;
        }

        if (statement is UseRole role)
        {
            context.Role = Known(role.Name).Name;
        }

        return new StatementAnswer
        {
            Ids = ids,
            CreatedAt = time.GetUtcNow(),
            SqlState = SqlState.Success,
            Context = context,
            Columns = result.Columns,
            Partitions = ResultPartitions.Of(result, partitionRows),
        };
    }

    private Role Known(string role) =>
        roles.Find(role) ?? throw new StatementException(SqlState.InvalidRole, $"role {role} does not exist");

    private StatementAnswer Refusal(List<Guid> ids, StatementException e) =>
        new()
        {
            Ids = ids,
            CreatedAt = time.GetUtcNow(),
            SqlState = e.SqlState,
            Message = e.Message,
        };
}
