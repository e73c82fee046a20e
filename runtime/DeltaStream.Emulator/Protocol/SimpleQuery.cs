using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>The simple protocol: a text of one or several statements, run in order up to the first that fails.</summary>
internal sealed class SimpleQuery(SessionState state, MessageWriter writer)
{
    /// <summary>Runs a text, which is parsed as a whole before any of it runs.</summary>
    public async ValueTask RunAsync(string text, Action<Statement> beforeStatement, CancellationToken cancellationToken)
    {
        var statements = Parser.Parse(text);
        if (statements.Count == 0)
        {
            writer.Bare('I');
        }

        foreach (var statement in statements)
        {
            beforeStatement(statement);
            using var result = state.Run(statement, [], null);
            if (result.Columns.Count > 0)
            {
                writer.RowDescription(result.Columns, _ => false);
            }

            while (result.TryRead(out var row))
            {
                writer.DataRow(row, _ => false);
                if (writer.WantsFlush && !await writer.FlushAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw new IOException("the client is gone");
                }
            }

            writer.CommandComplete(result.Tag);
        }
    }
}
