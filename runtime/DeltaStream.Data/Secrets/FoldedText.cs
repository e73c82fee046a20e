using System.Text;

namespace DeltaStream.Data.Secrets;

/// <summary>
/// A text in which a secret reads the same, whoever wrote it: in lower case, without quotes and backslashes, and with one blank
/// for each stretch of blanks and control characters, or with none.
/// </summary>
internal sealed class FoldedText
{
    private readonly TextLayer _layer;
    private readonly List<int> _places = [];

    private FoldedText(TextLayer layer, bool packed)
    {
        _layer = layer;
        var text = new StringBuilder(layer.Text.Length);
        for (var i = 0; i < layer.Text.Length; i++)
        {
            var c = Folded(layer.Text[i]);
            if (c is '\0' || (c is ' ' && (packed || text.Length == 0 || text[^1] == ' ')))
            {
                continue;
            }

            text.Append(c);
            _places.Add(i);
        }

        Text = text.ToString();
    }

    public string Text { get; }

    public static FoldedText Of(TextLayer layer, bool packed) => new(layer, packed);

    /// <summary>Folds a text that is searched for.</summary>
    public static string Fold(string text, bool packed) =>
        new FoldedText(TextLayer.All(text).First(), packed).Text.TrimEnd(' ');

    /// <summary>Where a stretch is in the text as it came.</summary>
    public Range Place(int start, int length) => _layer.Start(_places[start]).._layer.End(_places[start + length - 1]);

    /// <summary>How many characters a stretch has in the decoded text, where quotes count.</summary>
    public int Length(int start, int length) => _places[start + length - 1] + 1 - _places[start];

    /// <summary>The text in front of a stretch, decoded and not folded.</summary>
    public ReadOnlySpan<char> Before(int start) => _layer.Text.AsSpan(0, _places[start]);

    /// <summary>The text behind a stretch, decoded and not folded.</summary>
    public ReadOnlySpan<char> Behind(int start, int length) => _layer.Text.AsSpan(_places[start + length - 1] + 1);

    // A form writes a blank as a plus.
    private static char Folded(char c) =>
        c switch
        {
            '\'' or '"' or '`' or '\\' => '\0',
            '+' => ' ',
            _ when char.IsWhiteSpace(c) || char.IsControl(c) => ' ',
            _ => char.ToLowerInvariant(c),
        };
}
