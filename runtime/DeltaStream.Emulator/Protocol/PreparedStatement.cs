using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>What Parse made; without a statement for an empty query.</summary>
internal sealed class PreparedStatement(Statement? statement, IReadOnlyList<int> parameterTypes)
{
    public Statement? Statement => statement;

    public IReadOnlyList<int> ParameterTypes => parameterTypes;

    /// <summary>The columns that a Describe told the client of; every run of the statement keeps to them.</summary>
    public IReadOnlyList<ResultColumn>? Columns { get; set; }
}

/// <summary>What Bind made: a statement with its parameters, run once and read in one or several parts.</summary>
internal sealed class Portal(PreparedStatement prepared, IReadOnlyList<object?> parameters, Func<int, bool> isBinary)
    : IDisposable
{
    public PreparedStatement Prepared => prepared;

    public IReadOnlyList<object?> Parameters => parameters;

    /// <summary>Whether a column is sent in binary.</summary>
    public Func<int, bool> IsBinary => isBinary;

    /// <summary>The columns that the client was told of, if it asked.</summary>
    public IReadOnlyList<ResultColumn>? Columns { get; set; } = prepared.Columns;

    /// <summary>Set once the portal was run.</summary>
    public StatementResult? Result { get; set; }

    public void Dispose() => Result?.Dispose();
}
