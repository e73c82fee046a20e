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
    private const int MostSavepoints = 1000;

    private readonly StatementContext _context = new(role, Attachments.None, new CancelSwitch());

    // The names of the block's savepoints, each with how many stores the block had changed.
    private readonly List<(string Name, int Changes)> _savepoints = [];
    private int _changes;

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

        if (statement is SavepointControl savepoint)
        {
            return StatementResult.Empty(Move(savepoint));
        }

        ThrowIfFailed();
        var result = await executor.RunAsync(statement, parameters, known, _context).ConfigureAwait(false);
        if (Status == 'T' && statement is CreateStore or UpdateStore or DropStore)
        {
            _changes++;
        }

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
            return verb;
        }

        var undone = verb == "ROLLBACK" || failed;
        if (undone)
        {
            WarnOfChangesSince(0);
        }

        Status = 'I';
        _changes = 0;
        _savepoints.Clear();
        return undone ? "ROLLBACK" : verb;
    }

    private string Move(SavepointControl savepoint)
    {
        if (Status == 'I')
        {
            throw new StatementException(
                SqlState.NoActiveTransaction,
                $"{savepoint.Kind} can only be used in transaction blocks"
            );
        }

        if (savepoint.Kind != "ROLLBACK TO")
        {
            ThrowIfFailed();
        }

        if (savepoint.Kind == "SAVEPOINT")
        {
            if (_savepoints.Count == MostSavepoints)
            {
                throw new StatementException(SqlState.ProgramLimitExceeded, "too many savepoints in one block");
            }

            _savepoints.Add((savepoint.Name, _changes));
            return savepoint.Kind;
        }

        var index = _savepoints.FindLastIndex(s => s.Name == savepoint.Name);
        if (index < 0)
        {
            throw new StatementException(SqlState.InvalidSavepoint, "there is no savepoint of this name");
        }

        if (savepoint.Kind == "RELEASE")
        {
            _savepoints.RemoveRange(index, _savepoints.Count - index);
            return savepoint.Kind;
        }

        WarnOfChangesSince(_savepoints[index].Changes);
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        Status = 'T';
        return "ROLLBACK";
    }

    private void ThrowIfFailed()
    {
        if (Status == 'E')
        {
            throw new StatementException(
                SqlState.FailedTransaction,
                "the transaction block has failed; end it with ROLLBACK"
            );
        }
    }

    private void WarnOfChangesSince(int changes)
    {
        if (_changes > changes)
        {
            writer.Warning("statements about stores take effect at once; nothing was rolled back");
        }
    }
}
