using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>What Parse made; without a statement for an empty query.</summary>
internal sealed class PreparedStatement(Statement? statement, IReadOnlyList<int> parameterTypes)
{
    public Statement? Statement { get; } = statement;

    public IReadOnlyList<int> ParameterTypes { get; } = parameterTypes;

    /// <summary>The columns that a Describe told the client of; every run of the statement keeps to them.</summary>
    public IReadOnlyList<ResultColumn>? Columns { get; set; }
}

/// <summary>What Bind made: a statement with its parameters, run once and read in one or several parts.</summary>
internal sealed class Portal(PreparedStatement prepared, IReadOnlyList<object?> parameters, IReadOnlyList<bool> binary)
    : IDisposable
{
    public PreparedStatement Prepared { get; } = prepared;

    public IReadOnlyList<object?> Parameters { get; } = parameters;

    /// <summary>Set once the portal was run or, for a SELECT, described.</summary>
    public StatementResult? Result { get; set; }

    /// <summary>Whether a column is sent in binary: one code counts for all columns, none means text.</summary>
    public bool IsBinary(int column) =>
        binary.Count switch
        {
            0 => false,
            1 => binary[0],
            _ => column < binary.Count && binary[column],
        };

    public void Dispose() => Result?.Dispose();
}
