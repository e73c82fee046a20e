using System.ComponentModel;
using System.Globalization;
using System.Text;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Statements;

/// <summary>Writes one statement; generated code hands it keys and values, and it quotes each by its kind (NFR-002).</summary>
/// <remarks>
/// A statement is walked twice: first it is measured, and every value checked, then it is written into a string of exactly
/// that length. So nothing that can't be sent is ever written, and the string is the one allocation.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StatementWriter
{
    private readonly Span<char> _destination;
    private readonly bool _writing;
    private readonly bool _redacting;
    private readonly List<string>? _secrets;
    private int _position;

    // One bit for each quoted text, in order: whether it holds a quote, found while measuring. The 64th stands for all after.
    private ulong _escapes;
    private int _texts;
    private bool _hasEntry;

    private StatementWriter(bool redacting, List<string>? secrets = null)
    {
        _redacting = redacting;
        _secrets = secrets;
    }

    private StatementWriter(Span<char> destination, bool redacting, ulong escapes)
    {
        _destination = destination;
        _writing = true;
        _redacting = redacting;
        _escapes = escapes;
    }

    /// <summary>The length in characters so far.</summary>
    internal readonly int Length => _position;

    /// <summary>What measuring found, for the writer that follows.</summary>
    internal readonly ulong Escapes => _escapes;

    internal static StatementWriter Measure(bool redacting) => new(redacting);

    internal static StatementWriter Write(Span<char> destination, bool redacting, ulong escapes) =>
        new(destination, redacting, escapes);

    /// <summary>What a statement about the store would hold and nobody may see: secrets, and the content of files in every form.</summary>
    internal static IReadOnlyList<string> CollectSecrets(StoreArgs store)
    {
        var secrets = new List<string>();
        var collect = new StatementWriter(redacting: true, secrets);
        store.WriteProperties(ref collect, StorePropertySet.All, StorePropertySet.None);
        return secrets;
    }

    /// <summary>Writes a key of the WITH list and its equals sign, after a comma where one is due.</summary>
    /// <param name="entry">A constant such as <c>, 'tls.disabled' = </c>, comma first. Never a value.</param>
    public void Key(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Copy(_hasEntry ? entry : entry.AsSpan(2));
        _hasEntry = true;
    }

    /// <summary>Writes SQL text as it is.</summary>
    /// <param name="sql">A constant. Never a value.</param>
    public void Sql(string sql) => Copy(sql);

    /// <summary>Writes text as a literal: <c>'it''s'</c>.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="StoreValidationException">The text can't stand in a statement.</exception>
    public void Literal(string value) => Quoted(value, '\'');

    /// <summary>Writes a name as an identifier: <c>"we""ird"</c>.</summary>
    /// <param name="value">The name.</param>
    /// <exception cref="StoreValidationException">The name can't stand in a statement.</exception>
    public void Identifier(string value) => Quoted(value, '"');

    /// <summary>Writes a secret as a literal; <c>'***'</c> where the statement is written to be shown.</summary>
    /// <param name="value">The secret.</param>
    /// <exception cref="StoreValidationException">The secret can't stand in a statement.</exception>
    public void Secret(Secret value)
    {
        if (_redacting)
        {
            _secrets?.Add(value.Reveal());
            Copy($"'{Sdk.Secret.Redacted}'");
        }
        else
        {
            Quoted(value.Reveal(), '\'');
        }
    }

    /// <summary>Writes TRUE or FALSE, the only forms that the service takes.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Copy(value ? "TRUE" : "FALSE");

    /// <summary>Writes a whole number, bare.</summary>
    /// <param name="value">The number.</param>
    public void Integer(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        Copy(digits[..length]);
    }

    /// <summary>Writes a file's content inline, as base64 on one line; its token where the statement is written to be shown.</summary>
    /// <param name="file">The file.</param>
    /// <param name="token">The literal that stands for the file, such as <c>@cacert</c>.</param>
    public void File(StoreFile file, string token)
    {
        ArgumentNullException.ThrowIfNull(file);
        Copy("'");
        if (_redacting)
        {
            _secrets?.Add(Convert.ToBase64String(file.Reveal().Span));
            _secrets?.Add(Encoding.UTF8.GetString(file.Reveal().Span));
            Copy(token);
        }
        else if (_writing)
        {
            Convert.TryToBase64Chars(file.Reveal().Span, _destination[_position..], out var length);
            _position += length;
        }
        else
        {
            _position += (file.Length + 2) / 3 * 4;
        }

        Copy("'");
    }

    private void Copy(scoped ReadOnlySpan<char> text)
    {
        if (_writing)
        {
            text.CopyTo(_destination[_position..]);
        }

        _position += text.Length;
    }

    private void Quoted(string value, char quote)
    {
        var bit = 1UL << Math.Min(_texts++, 63);
        if (!_writing)
        {
            _position += value.Length + 2;
            if (!SqlText.IsPlain(value))
            {
                Refuse(value);
                var quotes = value.AsSpan().Count(quote);
                _position += quotes;
                _escapes |= quotes > 0 ? bit : 0;
            }

            return;
        }

        var target = _destination[_position..];
        target[0] = quote;
        if ((_escapes & bit) == 0)
        {
            value.CopyTo(target[1..]);
            target[value.Length + 1] = quote;
            _position += value.Length + 2;
            return;
        }

        var length = 1;
        foreach (var c in value)
        {
            target[length++] = c;
            if (c == quote)
            {
                target[length++] = c;
            }
        }

        target[length++] = quote;
        _position += length;
    }

    // Validation has said this before, by the property's name; here is the wall behind it.
    private static void Refuse(string value)
    {
        if (SqlText.FindFault(value, out var index) is var fault and not SqlTextFault.None)
        {
            throw new StoreValidationException(
                "statement",
                [
                    new StoreValidationFailure(
                        "statement",
                        StoreValidationCodes.InvalidCharacter,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"a value holds U+{(int)value[index]:X4} ({fault}) at index {index}, which no statement can carry: remove it"
                        )
                    ),
                ]
            );
        }
    }
}
