using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Spelling;

namespace DeltaStream.Sdk.Statements;

/// <summary>Writes one statement; generated code hands it keys and values, and it quotes each by its kind (NFR-002).</summary>
/// <remarks>
/// It writes on its caller's stack, and what is too long for that into a rented array, so that the finished string is the
/// one allocation. Every value is checked before it is written.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct StatementWriter
{
    /// <summary>How much room to give on the stack: enough for statements that hold no files.</summary>
    internal const int StackLength = 1024;

    // Less of a file tells nothing, and its words may be anybody's.
    private const int ShortestLine = 16;

    private readonly bool _redacting;
    private readonly StoreFileTransport _files;
    private readonly KeyOverride?[]? _keys;
    private readonly List<string>? _secrets;
    private List<StoreAttachment>? _attachments;
    private Span<char> _buffer;
    private char[]? _rented;
    private int _length;

    internal StatementWriter(
        Span<char> buffer,
        bool redacting,
        StoreFileTransport files = StoreFileTransport.Inline,
        KeyOverride?[]? keys = null
    )
    {
        _buffer = buffer;
        _redacting = redacting;
        _files = files;
        _keys = keys;
    }

    private StatementWriter(Span<char> buffer, List<string> secrets)
        : this(buffer, redacting: true) => _secrets = secrets;

    /// <summary>What a statement about the store would hold and nobody may see: secrets, and the content of files in every form.</summary>
    internal static IReadOnlyList<string> CollectSecrets(StoreArgs store)
    {
        var secrets = new List<string>();
        var collect = new StatementWriter(stackalloc char[StackLength], secrets);
        try
        {
            store.WriteProperties(ref collect, StorePropertySet.All, StorePropertySet.None);
            return secrets;
        }
        finally
        {
            collect.Dispose();
        }
    }

    /// <summary>The files written so far that travel beside the statement; null for none.</summary>
    internal readonly IReadOnlyList<StoreAttachment>? Attachments => _attachments;

    /// <summary>The text so far.</summary>
    internal readonly string ToText() => new(_buffer[.._length]);

    /// <summary>Gives back what was rented. It is wiped, for others rent it next and it held the store's secrets.</summary>
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
    /// <param name="start">Where it starts.</param>
    internal void CloseList(int start)
    {
        if (_length == start)
        {
            Sql("( ");
        }

        // Every entry begins with a comma, so that none has to ask whether it is the first; that one's is the bracket.
        _buffer[start] = '(';
        Sql(" );");
    }

    /// <summary>Writes a key of the WITH list and its equals sign.</summary>
    /// <param name="entry">A constant such as <c>, 'tls.disabled' = </c>, comma first. Never a value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Key(string entry) => Sql(entry);

    /// <summary>Writes a key that a client may override, with its equals sign and what else is constant.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="entry">A constant such as <c>, 'schema_registry.name' = </c>, comma first. Never a value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Key(int property, string entry)
    {
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
    /// <remarks>Inlined, so that the length is known where the copy is compiled.</remarks>
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
    /// <exception cref="StoreValidationException">The text can't stand in a statement.</exception>
    public void Literal(string value) => Quoted(value, '\'');

    /// <summary>Writes text as a literal, or as the identifier that a client sends in its place.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="StoreValidationException">The text can't stand in a statement.</exception>
    public void Literal(int property, string value) => Quoted(value, QuoteOf(property, value, '\''));

    /// <summary>Writes a name as an identifier: <c>"we""ird"</c>.</summary>
    /// <param name="value">The name.</param>
    /// <exception cref="StoreValidationException">The name can't stand in a statement.</exception>
    public void Identifier(string value) => Quoted(value, '"');

    /// <summary>Writes a name as an identifier, or as the literal that a client sends in its place.</summary>
    /// <param name="property">The property's place in the spec.</param>
    /// <param name="value">The name.</param>
    /// <exception cref="StoreValidationException">The name can't stand in a statement.</exception>
    public void Identifier(int property, string value) => Quoted(value, QuoteOf(property, value, '"'));

    /// <summary>Writes a secret as a literal; <c>'***'</c> where the statement is written to be shown.</summary>
    /// <param name="value">The secret.</param>
    /// <exception cref="StoreValidationException">The secret can't stand in a statement.</exception>
    public void Secret(Secret value)
    {
        if (_redacting)
        {
            _secrets?.Add(value.Reveal());
            Sql($"'{Sdk.Secret.Redacted}'");
        }
        else
        {
            Quoted(value.Reveal(), '\'');
        }
    }

    /// <summary>Writes TRUE or FALSE, the only forms that the service takes.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Sql(value ? "TRUE" : "FALSE");

    /// <summary>Writes a whole number, bare.</summary>
    /// <param name="value">The number.</param>
    public void Integer(long value)
    {
        const int MostDigits = 20;
        Reserve(MostDigits);
        value.TryFormat(_buffer[_length..], out var length, provider: CultureInfo.InvariantCulture);
        _length += length;
    }

    /// <summary>
    /// Writes a file: its content as base64 on one line, or its token where it is attached, and where the statement is written
    /// to be shown.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="token">The literal that stands for the file, such as <c>@cacert</c>.</param>
    public void File(StoreFile file, string token)
    {
        ArgumentNullException.ThrowIfNull(file);
        Sql("'");
        var content = file.Reveal().Span;
        if (_redacting)
        {
            Collect(content);
            Sql(token);
        }
        else if (_files == StoreFileTransport.Attachment)
        {
            (_attachments ??= []).Add(new StoreAttachment(token, file));
            Sql(token);
        }
        else
        {
            Reserve((content.Length + 2) / 3 * 4);
            Convert.TryToBase64Chars(content, _buffer[_length..], out var length);
            _length += length;
        }

        Sql("'");
    }

    private readonly void Collect(ReadOnlySpan<byte> content)
    {
        if (_secrets is null)
        {
            return;
        }

        var text = Encoding.UTF8.GetString(content);
        _secrets.Add(Convert.ToBase64String(content));
        _secrets.Add(text);

        // Whoever quotes a file may quote one line of it, or put its lines together anew. The armor is no secret.
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Trim() is { Length: >= ShortestLine } said && !said.StartsWith("-----"))
            {
                _secrets.Add(said.ToString());
            }
        }
    }
}
