using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Overrides;

namespace DeltaStream.Sdk.Statements;

/// <summary>Writes one statement. Generated code gives it keys and values, and it quotes each value by its kind (NFR-002).</summary>
/// <remarks>
/// It writes to the stack of its caller, and longer statements to a rented array, so that the finished string is the only
/// allocation. It checks every value before it writes it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct StatementWriter
{
    /// <summary>How many characters to give on the stack: enough for statements that hold no files.</summary>
    internal const int StackLength = 1024;

    private readonly StoreFileTransport _files;
    private readonly KeyOverride?[]? _keys;
    private readonly List<string>? _secrets;
    private List<StoreAttachment>? _attachments;
    private PropertiesFile? _properties;
    private int _entry;
    private Span<char> _buffer;
    private char[]? _rented;
    private int _length;

    /// <summary>Begins a statement.</summary>
    /// <param name="buffer">Where the text begins; <see cref="StackLength"/> characters of the caller's stack.</param>
    /// <param name="files">How the files travel.</param>
    /// <param name="keys">The key overrides of the subtype, by the place in the spec; null for none.</param>
    /// <param name="secrets">Receives the secrets in place of the text, which then shows <c>'***'</c>; null to write them.</param>
    internal StatementWriter(
        Span<char> buffer,
        StoreFileTransport files = StoreFileTransport.Inline,
        KeyOverride?[]? keys = null,
        List<string>? secrets = null
    )
    {
        _buffer = buffer;
        _files = files;
        _keys = keys;
        _secrets = secrets;
    }

    /// <summary>The files so far that travel beside the statement; null for none.</summary>
    internal readonly IReadOnlyList<StoreAttachment>? Attachments => _attachments;

    /// <summary>Returns the text so far.</summary>
    internal readonly string ToText() => new(_buffer[.._length]);

    /// <summary>Returns the rented array. The array is cleared, because it held secrets and others rent it next.</summary>
    internal readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        }
    }

    /// <summary>Opens the WITH list; its entries follow.</summary>
    /// <returns>Where the list starts.</returns>
    internal int OpenList()
    {
        Sql(" WITH ");
        return _length;
    }

    /// <summary>Closes the WITH list.</summary>
    /// <param name="start">Where the list starts.</param>
    internal void CloseList(int start)
    {
        if (_length == start)
        {
            Sql("( ");
        }

        _properties?.Close(ref this);
        // Every entry begins with a comma, so that no entry asks whether it is the first. The bracket replaces the first comma.
        _buffer[start] = '(';
        Sql(" );");
    }

    /// <summary>Writes a key of the WITH list and its equals sign.</summary>
    /// <param name="entry">A constant such as <c>, 'tls.disabled' = </c>, comma first. Never a value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Key(string entry)
    {
        _entry = _length;
        Sql(entry);
    }

    /// <summary>Writes a key that a client may override, its equals sign and any other constant text.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="entry">A constant such as <c>, 'schema_registry.name' = </c>, comma first. Never a value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Key(int property, string entry)
    {
        _entry = _length;
        if (_keys is null)
        {
            Sql(entry);
        }
        else
        {
            Override(property, entry);
        }
    }

    /// <summary>Writes SQL text as it is.</summary>
    /// <param name="sql">A constant. Never a value.</param>
    /// <remarks>The method is inlined, so that the compiler knows the length of the copy.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sql(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (!sql.TryCopyTo(_buffer[_length..]))
        {
            Grow(sql.Length);
            sql.CopyTo(_buffer[_length..]);
        }

        _length += sql.Length;
    }

    /// <summary>Writes text as a literal: <c>'it''s'</c>.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="StoreValidationException">No statement can hold the text.</exception>
    public void Literal(string value) => Quoted(value, '\'');

    /// <summary>Writes text as a literal, or as an identifier when the client overrides it so.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="StoreValidationException">No statement can hold the text.</exception>
    public void Literal(int property, string value) => Quoted(value, QuoteOf(property, value, '\''));

    /// <summary>Writes a name as an identifier: <c>"we""ird"</c>.</summary>
    /// <param name="value">The name.</param>
    /// <exception cref="StoreValidationException">No statement can hold the name.</exception>
    public void Identifier(string value) => Quoted(value, '"');

    /// <summary>Writes a name as an identifier, or as a literal when the client overrides it so.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="value">The name.</param>
    /// <exception cref="StoreValidationException">No statement can hold the name.</exception>
    public void Identifier(int property, string value) => Quoted(value, QuoteOf(property, value, '"'));

    /// <summary>Writes a secret as a literal, or <c>'***'</c> in a statement that is shown.</summary>
    /// <param name="value">The secret.</param>
    /// <exception cref="StoreValidationException">No statement can hold the secret.</exception>
    public void Secret(Secret value)
    {
        _secrets?.Add(value.Reveal());
        if (_files == StoreFileTransport.AttachmentWithSecrets)
        {
            // The entry leaves the statement.
            (_properties ??= new PropertiesFile()).Add(_buffer[_entry.._length], value);
            _length = _entry;
        }
        else if (_secrets is null)
        {
            Quoted(value.Reveal(), '\'');
        }
        else
        {
            Sql($"'{Sdk.Secret.Redacted}'");
        }
    }

    /// <summary>Writes TRUE or FALSE, the only forms that the service accepts.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Sql(value ? "TRUE" : "FALSE");

    /// <summary>Writes a whole number, without quotes.</summary>
    /// <param name="value">The number.</param>
    public void Integer(long value)
    {
        const int MostDigits = 20;
        Reserve(MostDigits);
        value.TryFormat(_buffer[_length..], out var length, provider: CultureInfo.InvariantCulture);
        _length += length;
    }

    /// <summary>Writes a file: its content as base64 on one line, or its token when the file is attached.</summary>
    /// <param name="file">The file.</param>
    /// <param name="token">The literal that stands for the file, such as <c>@cacert</c>.</param>
    /// <param name="content">What the file must hold. Of PEM only the blocks are sent, in the form of RFC 7468.</param>
    public void File(StoreFile file, string token, StoreFileContent content)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (content != StoreFileContent.Any)
        {
            file = file.AsPem();
        }

        Sql("'");
        if (_files != StoreFileTransport.Inline)
        {
            (_attachments ??= []).Add(new StoreAttachment(token, file));
            Sql(token);
        }
        else
        {
            Reserve((file.Length + 2) / 3 * 4);
            Convert.TryToBase64Chars(file.Reveal().Span, _buffer[_length..], out var length);
            _length += length;
        }

        Sql("'");
    }
}
