using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Spelling;

namespace DeltaStream.Sdk.Statements;

/// <summary>The text of one statement about a store, every value quoted by its kind (NFR-002).</summary>
/// <remarks>
/// The text holds the store's secrets, so it is had by <see cref="Reveal"/> only; the string form shows <c>'***'</c> for
/// secrets and the token for files. The same declaration always gives the same text.
/// </remarks>
public readonly struct StoreStatement : IEquatable<StoreStatement>
{
    private readonly string? _text;
    private readonly IReadOnlyList<StoreAttachment>? _attachments;
    private readonly Source _source;

    private StoreStatement(Source source, StoreFileTransport files = StoreFileTransport.Inline)
    {
        _source = source;
        _text = source.Write(redacting: false, files, out _attachments);
    }

    /// <summary>The files that must travel beside the text, in its order; empty when they are in it.</summary>
    public IReadOnlyList<StoreAttachment> Attachments => _attachments ?? [];

    /// <summary>CREATE STORE with everything that the declaration says, in the spec's order.</summary>
    /// <param name="store">A valid declaration.</param>
    /// <param name="files">How the files travel.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="StoreValidationException">A value holds what no statement can carry.</exception>
    public static StoreStatement Create(StoreArgs store, StoreFileTransport files = StoreFileTransport.Inline) =>
        Create(store, files, null);

    internal static StoreStatement Create(StoreArgs store, StoreFileTransport files, KeyOverrides? keys)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new StoreStatement(
            new Source(Verb.Create, store.Name, store, StorePropertySet.All, default, keys?.For(store.Subtype)),
            files
        );
    }

    /// <summary>UPDATE STORE with what changed and the groups that go with it.</summary>
    /// <param name="store">The valid declaration of what shall be.</param>
    /// <param name="previous">
    /// The declaration of what is; null when it is not known, and then all that may be updated is sent.
    /// </param>
    /// <param name="files">How the files travel. It has no part in what changed (NFR-005).</param>
    /// <returns>The statement; null when nothing changed.</returns>
    /// <exception cref="StoreValidationException">A value holds what no statement can carry.</exception>
    public static StoreStatement? Update(
        StoreArgs store,
        StoreArgs? previous = null,
        StoreFileTransport files = StoreFileTransport.Inline
    ) => Update(store, previous, files, null);

    internal static StoreStatement? Update(
        StoreArgs store,
        StoreArgs? previous,
        StoreFileTransport files,
        KeyOverrides? keys
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var changes = StoreChanges.Between(previous, store);
        return changes.IsEmpty
            ? null
            : new StoreStatement(
                new Source(Verb.Update, store.Name, store, changes.Sent, changes.Removed, keys?.For(store.Subtype)),
                files
            );
    }

    /// <summary>DROP STORE.</summary>
    /// <param name="name">The store's name.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="StoreValidationException">The name holds what no statement can carry.</exception>
    public static StoreStatement Drop(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new StoreStatement(new Source(Verb.Drop, name, null, default, default));
    }

    /// <summary>SELECT of the uniform catalog columns (FR-002).</summary>
    /// <param name="name">The one store to look up, by its exact name; null for all, by name.</param>
    internal static StoreStatement Select(string? name) =>
        new(new Source(Verb.Select, name ?? string.Empty, null, default, default));

    /// <summary>The text itself, with every secret in it. Hand it to a command, never to a log or a message.</summary>
    /// <returns>The statement.</returns>
    public string Reveal() => _text ?? string.Empty;

    /// <summary>The text with <c>'***'</c> for secrets and the token for files.</summary>
    /// <returns>What may be shown.</returns>
    public override string ToString() => _text is null ? string.Empty : _source.Write(redacting: true, default, out _);

    /// <inheritdoc />
    public bool Equals(StoreStatement other) =>
        string.Equals(_text, other._text, StringComparison.Ordinal) && Attachments.SequenceEqual(other.Attachments);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is StoreStatement other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether two statements have the same text and the same files.</summary>
    /// <param name="left">One statement.</param>
    /// <param name="right">The other statement.</param>
    /// <returns>True when they do.</returns>
    public static bool operator ==(StoreStatement left, StoreStatement right) => left.Equals(right);

    /// <summary>Whether two statements have different texts or files.</summary>
    /// <param name="left">One statement.</param>
    /// <param name="right">The other statement.</param>
    /// <returns>True when they do.</returns>
    public static bool operator !=(StoreStatement left, StoreStatement right) => !left.Equals(right);

    private enum Verb
    {
        Create,
        Update,
        Drop,
        Select,
    }

    /// <summary>What a statement is written from; it can be walked any number of times.</summary>
    private readonly record struct Source(
        Verb Verb,
        string Name,
        StoreArgs? Store,
        StorePropertySet Sent,
        StorePropertySet Removed,
        KeyOverride?[]? Keys = null
    )
    {
        [SkipLocalsInit]
        public string Write(bool redacting, StoreFileTransport files, out IReadOnlyList<StoreAttachment>? attachments)
        {
            var writer = new StatementWriter(stackalloc char[StatementWriter.StackLength], redacting, files, Keys);
            try
            {
                Walk(ref writer);
                attachments = writer.Attachments;
                return writer.ToText();
            }
            finally
            {
                writer.Dispose();
            }
        }

        private void Walk(ref StatementWriter statement)
        {
            switch (Verb)
            {
                case Verb.Create:
                    statement.Sql("CREATE STORE ");
                    statement.Identifier(Name);
                    var list = statement.OpenList();
                    Store!.WriteType(ref statement);
                    Store.WriteProperties(ref statement, Sent, Removed);
                    statement.CloseList(list);
                    break;
                case Verb.Update:
                    statement.Sql("UPDATE STORE ");
                    statement.Identifier(Name);
                    list = statement.OpenList();
                    Store!.WriteProperties(ref statement, Sent, Removed);
                    statement.CloseList(list);
                    break;
                case Verb.Drop:
                    statement.Sql("DROP STORE ");
                    statement.Identifier(Name);
                    statement.Sql(";");
                    break;
                case Verb.Select:
                    statement.Sql(
                        "SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM deltastream.sys.\"stores\""
                    );
                    if (Name.Length > 0)
                    {
                        statement.Sql(" WHERE name = ");
                        statement.Literal(Name);
                    }
                    else
                    {
                        statement.Sql(" ORDER BY name");
                    }

                    statement.Sql(";");
                    break;
            }
        }
    }
}
