using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk.Statements;

/// <summary>The text of one statement about a store, every value quoted by its kind (NFR-002).</summary>
/// <remarks>
/// The text holds the store's secrets, so only <see cref="Reveal"/> returns it. The string form shows <c>'***'</c> for a
/// secret and the token for a file. The same declaration always gives the same text.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct StoreStatement
{
    /// <summary>The table of the catalog.</summary>
    internal const string Catalog = "deltastream.sys.\"stores\"";

    private const string SelectStores =
        $"SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM {Catalog}";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _text;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IReadOnlyList<StoreAttachment>? _attachments;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Source? _source;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly StoreFileTransport _files;

    private StoreStatement(string text) => _text = text;

    private StoreStatement(Source source, StoreFileTransport files)
    {
        _source = source;
        _files = files;
        _text = source.Write(files, null, out _attachments);
    }

    /// <summary>The files that must travel beside the text, in its order; empty when they are in the text.</summary>
    public IReadOnlyList<StoreAttachment> Attachments => _attachments ?? [];

    /// <summary>Writes CREATE STORE with everything that the declaration says, in the spec's order.</summary>
    /// <param name="store">A valid declaration.</param>
    /// <param name="files">How the files travel.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="StoreValidationException">No statement can hold one of the values.</exception>
    public static StoreStatement Create(StoreArgs store, StoreFileTransport files = StoreFileTransport.Inline) =>
        Create(store, files, null);

    internal static StoreStatement Create(StoreArgs store, StoreFileTransport files, KeyOverrides? overrides)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new StoreStatement(Source.Create(store, overrides), files);
    }

    /// <summary>Writes UPDATE STORE with the changes and the groups that belong to them.</summary>
    /// <param name="store">The valid declaration of the store as it should become.</param>
    /// <param name="previous">
    /// The declaration of the store as it is. Null when it is not known; then the statement holds all that may be updated.
    /// </param>
    /// <param name="files">How the files travel. It does not affect what counts as changed (NFR-005).</param>
    /// <returns>The statement; null when nothing changed.</returns>
    /// <exception cref="ArgumentException">The two declarations are of two subtypes or two names.</exception>
    /// <exception cref="StoreValidationException">No statement can hold one of the values.</exception>
    public static StoreStatement? Update(
        StoreArgs store,
        StoreArgs? previous = null,
        StoreFileTransport files = StoreFileTransport.Inline
    ) => Update(store, previous, files, null);

    internal static StoreStatement? Update(
        StoreArgs store,
        StoreArgs? previous,
        StoreFileTransport files,
        KeyOverrides? overrides
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        return Update(store, StoreChanges.Between(previous, store), files, overrides);
    }

    internal static StoreStatement? Update(
        StoreArgs store,
        StoreChanges changes,
        StoreFileTransport files,
        KeyOverrides? overrides
    ) =>
        changes.IsEmpty
            ? null
            : new StoreStatement(
                new Source(false, store, changes.Sent, changes.Removed, overrides?.For(store.Subtype)),
                files
            );

    /// <summary>Writes DROP STORE.</summary>
    /// <param name="name">The store's name.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="StoreValidationException">No statement can hold the name.</exception>
    public static StoreStatement Drop(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var statement = new StatementWriter(stackalloc char[StatementWriter.StackLength]);
        statement.Sql("DROP STORE ");
        statement.Identifier(name);
        return Close(ref statement);
    }

    /// <summary>Writes DESCRIBE STORE.</summary>
    internal static StoreStatement Describe(string name)
    {
        var statement = new StatementWriter(stackalloc char[StatementWriter.StackLength]);
        statement.Sql("DESCRIBE STORE ");
        statement.Identifier(name);
        return Close(ref statement);
    }

    /// <summary>Returns the value of a property as a statement that is shown has it; null when the declaration has none.</summary>
    internal static string? ShownValue(StoreArgs store, int property) =>
        (store.ValueOf(property), store.Subtype.Properties[property].Kind) switch
        {
            (null, _) => null,
            (Secret or StoreFile, _) => $"'{Secret.Redacted}'",
            (bool flag, _) => flag ? "TRUE" : "FALSE",
            (long number, _) => number.ToString(CultureInfo.InvariantCulture),
            (var token, StorePropertyKind.Enum) => $"{token}",
            (var name, StorePropertyKind.Identifier) =>
                $"\"{$"{name}".Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            (var text, _) => $"'{$"{text}".Replace("'", "''", StringComparison.Ordinal)}'",
        };

    /// <summary>Writes SELECT of the uniform catalog columns (FR-002).</summary>
    /// <param name="name">The exact name of one store; null for all stores, by name.</param>
    internal static StoreStatement Select(string? name)
    {
        var statement = new StatementWriter(stackalloc char[StatementWriter.StackLength]);
        statement.Sql(SelectStores);
        if (name is null)
        {
            statement.Sql(" ORDER BY name");
        }
        else
        {
            statement.Sql(" WHERE name = ");
            statement.Literal(name);
        }

        return Close(ref statement);
    }

    /// <summary>Writes SELECT of the uniform catalog columns for several stores, in no order.</summary>
    /// <param name="names">The exact names, at least one.</param>
    internal static StoreStatement SelectMany(IReadOnlyList<string> names)
    {
        var statement = new StatementWriter(stackalloc char[StatementWriter.StackLength]);
        statement.Sql(SelectStores);
        statement.Sql(" WHERE name IN (");
        for (var i = 0; i < names.Count; i++)
        {
            statement.Sql(i == 0 ? "" : ", ");
            statement.Literal(names[i]);
        }

        statement.Sql(")");
        return Close(ref statement);
    }

    /// <summary>Makes the redaction of all that a statement about these declarations may hold and nobody may see.</summary>
    internal static SecretRedaction Redaction(StoreArgs?[] stores, Func<IReadOnlyList<string>>? tokens) =>
        new(() => stores.OfType<StoreArgs>().SelectMany(SecretsOf), tokens);

    internal static SecretRedaction Redaction(params StoreArgs?[] stores) => Redaction(stores, null);

    /// <summary>What the statement does, such as <c>CREATE STORE</c>.</summary>
    internal string Operation =>
        Reveal() is var text && text.StartsWith(SelectStores, StringComparison.Ordinal)
            ? "SELECT"
            : text[..(text.IndexOf(" STORE ", StringComparison.Ordinal) + " STORE".Length)];

    /// <summary>Returns the text itself, with every secret in it. Hand it to a command, never to a log or a message.</summary>
    /// <returns>The statement.</returns>
    public string Reveal() => _text ?? string.Empty;

    /// <summary>Returns the text with <c>'***'</c> for secrets and the token for files.</summary>
    /// <returns>What may be shown.</returns>
    public override string ToString() => _source?.Write(ShownAs(_files), [], out _) ?? Reveal();

    /// <inheritdoc />
    public bool Equals(StoreStatement other) =>
        string.Equals(_text, other._text, StringComparison.Ordinal) && Attachments.SequenceEqual(other.Attachments);

    /// <inheritdoc />
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    // A file in the statement is shown as its token.
    private static StoreFileTransport ShownAs(StoreFileTransport files) =>
        files == StoreFileTransport.Inline ? StoreFileTransport.Attachment : files;

    private static StoreStatement Close(ref StatementWriter statement)
    {
        statement.Sql(";");
        var text = statement.ToText();
        statement.Dispose();
        return new StoreStatement(text);
    }

    private static IEnumerable<string> SecretsOf(StoreArgs store)
    {
        var secrets = new List<string>();
        Source.Create(store, null).Write(StoreFileTransport.Attachment, secrets, out var attachments);
        return secrets.Concat((attachments ?? []).SelectMany(a => Needle.TextsOf(a.File.Reveal().Span)));
    }

    /// <summary>What CREATE and UPDATE are written from, once to be sent and again to be shown.</summary>
    private readonly record struct Source(
        bool IsCreate,
        StoreArgs Store,
        StorePropertySet Sent,
        StorePropertySet Removed,
        KeyOverride?[]? Keys
    )
    {
        public static Source Create(StoreArgs store, KeyOverrides? overrides) =>
            new(true, store, StorePropertySet.All, StorePropertySet.None, overrides?.For(store.Subtype));

        [SkipLocalsInit]
        public string Write(
            StoreFileTransport files,
            List<string>? secrets,
            out IReadOnlyList<StoreAttachment>? attachments
        )
        {
            var statement = new StatementWriter(stackalloc char[StatementWriter.StackLength], files, Keys, secrets);
            try
            {
                statement.Sql(IsCreate ? "CREATE STORE " : "UPDATE STORE ");
                statement.Identifier(Store.Name);
                var list = statement.OpenList();
                if (IsCreate)
                {
                    Store.WriteType(ref statement);
                }

                Store.WriteProperties(ref statement, Sent, Removed);
                statement.CloseList(list);
                attachments = statement.Attachments;
                return statement.ToText();
            }
            finally
            {
                statement.Dispose();
            }
        }
    }
}
