using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Specs;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// Runs a session's statements and keeps its transaction status. The service has no transactions: a block only has a
/// status, for the sake of drivers that watch it, and every statement takes effect at once.
/// </summary>
internal sealed class SessionState(StatementExecutor executor, Role role, MessageWriter writer)
{
    private readonly StatementContext _context = new(role, Attachments.None, new CancelSwitch());
    private bool _changedInBlock;

    public CancelSwitch Cancel => _context.Cancel;

    /// <summary>I for idle, T within a block, E within a block that failed.</summary>
    public char Status { get; private set; } = 'I';

    public async ValueTask<StatementResult> RunAsync(
        Statement statement,
        IReadOnlyList<object?> parameters,
        IReadOnlyList<ResultColumn>? known
    )
    {
        if (statement is TransactionControl control)
        {
            return StatementResult.Empty(Move(control.Kind));
        }

        if (Status == 'E')
        {
            throw new StatementException(
                SqlState.FailedTransaction,
                "the transaction block has failed; end it with ROLLBACK"
            );
        }

        var result = await executor.RunAsync(statement, parameters, known, _context).ConfigureAwait(false);
        _changedInBlock |= Status == 'T' && statement is CreateStore or UpdateStore or DropStore;
        return result;
    }

    public ValueTask<IReadOnlyList<ResultColumn>> ColumnsAsync(
        Statement statement,
        IReadOnlyList<object?> parameters
    ) => executor.ColumnsAsync(statement, parameters, _context);

    public void Fail()
    {
        if (Status == 'T')
        {
            Status = 'E';
        }
    }

    private string Move(string verb)
    {
        var failed = Status == 'E';
        if (verb == "BEGIN")
        {
            Status = failed ? 'E' : 'T';
            _changedInBlock &= failed;
            return verb;
        }

        var undone = verb == "ROLLBACK" || failed;
        if (undone && _changedInBlock)
        {
            writer.Warning("statements about stores take effect at once; nothing was rolled back");
        }

        Status = 'I';
        _changedInBlock = false;
        return undone ? "ROLLBACK" : verb;
    }
}
