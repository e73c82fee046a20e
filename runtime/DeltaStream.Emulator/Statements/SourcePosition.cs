using System.Globalization;

namespace DeltaStream.Emulator.Statements;

/// <summary>A place in a statement as the service reports it: the line from 1, the column from 0.</summary>
internal sealed record SourcePosition(int Line, int Column)
{
    public static SourcePosition Of(string text, int offset)
    {
        var line = 1;
        var column = 0;
        foreach (var rune in text.AsSpan(0, offset).EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                line++;
                column = 0;
            }
            else
            {
                column++;
            }
        }

        return new SourcePosition(line, column);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
