using System.Text;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Writes indented lines that end in \n on every machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _pendingBlank;

    /// <summary>Writes lines at the current depth; empty text is an empty line.</summary>
    public void Line(string lines = "")
    {
        if (lines.Length == 0)
        {
            _pendingBlank = true;
            return;
        }

        foreach (var line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            // A blank line stands between things, never after an opening or before a closing brace.
            if (_pendingBlank && !line.StartsWith("}", StringComparison.Ordinal))
            {
                _text.Append('\n');
            }

            _pendingBlank = false;
            _text.Append(line.Length == 0 ? string.Empty : new string(' ', _depth * 4) + line).Append('\n');
        }
    }

    /// <summary>Opens a block: a head and a brace.</summary>
    public void Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
    }

    /// <summary>Closes a block.</summary>
    /// <param name="after">What follows the brace, such as a semicolon.</param>
    public void Close(string after = "")
    {
        _depth--;
        Line("}" + after);
    }

    /// <summary>Writes lines one level deeper.</summary>
    public void Indented(Action write)
    {
        _depth++;
        write();
        _depth--;
    }

    public override string ToString() => _text.ToString();
}
