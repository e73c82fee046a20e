using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>The statements of a text, or why there are none.</summary>
internal sealed class ParsedText
{
    private readonly IReadOnlyList<Statement> _statements = [];
    private readonly StatementException? _refusal;

    public ParsedText(string text, Dialect dialect)
    {
        try
        {
            _statements = Parser.Parse(text, dialect);
            Heads = [.. _statements.Select(s => s.Head)];
        }
        catch (StatementException e)
        {
            _refusal = e;
            var end = text.AsSpan().IndexOfAny('(', '\'', '$');
            Heads = [Statement.Cut(end < 0 ? text : text[..end])];
        }
    }

    /// <summary>The statements.</summary>
    /// <exception cref="StatementException">The text can't be parsed.</exception>
    public IReadOnlyList<Statement> Statements => _refusal is null ? _statements : throw _refusal;

    /// <summary>
    /// How the statements begin; of a text that can't be parsed, its own beginning, up to where values may come.
    /// </summary>
    public IReadOnlyList<string> Heads { get; }
}
