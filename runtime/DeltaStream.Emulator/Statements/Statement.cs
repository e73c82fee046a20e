using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// One parsed statement. These are classes and not records: a record's ToString would show parameter values.
/// </summary>
/// <param name="kind">What the statement is, for the command tag and for logs, such as <c>CREATE STORE</c>.</param>
internal abstract class Statement(string kind)
{
    private const int LongestHead = 1000;

    public string Kind => kind;

    /// <summary>How the statement begins, as it was written, without its WITH list: it holds no secrets.</summary>
    public string Head { get; set; } = "";

    /// <summary>A beginning that is long enough to tell what a statement is.</summary>
    public static string Cut(string text) => text.Length <= LongestHead ? text : text[..LongestHead];
}

/// <summary>A statement that names a store or a role.</summary>
internal abstract class NamedStatement(string kind, string name) : Statement(kind)
{
    public string Name => name;
}

internal sealed class CreateStore(string name, IReadOnlyList<Assignment> assignments)
    : NamedStatement("CREATE STORE", name)
{
    public IReadOnlyList<Assignment> Assignments => assignments;
}

internal sealed class UpdateStore(string name, IReadOnlyList<Assignment> assignments)
    : NamedStatement("UPDATE STORE", name)
{
    public IReadOnlyList<Assignment> Assignments => assignments;
}

internal sealed class DropStore(string name) : NamedStatement("DROP STORE", name);

internal sealed class DescribeStore(string name) : NamedStatement("DESCRIBE STORE", name);

internal sealed class ListStores() : Statement("LIST STORES");

/// <summary>Makes a store the one of the context, over REST.</summary>
internal sealed class UseStore(string name) : NamedStatement("USE STORE", name);

/// <summary>Makes a role the one of the context, over REST.</summary>
internal sealed class UseRole(string name) : NamedStatement("USE ROLE", name);

/// <summary>A SELECT, as text that SQLite understands.</summary>
internal sealed class Select(
    string text,
    IReadOnlyList<ColumnType> parameterTypes,
    IReadOnlyList<ColumnType?>? columnTypes,
    PostgresCatalogQuery? about
) : Statement("SELECT")
{
    public string Text => text;

    public IReadOnlyList<ColumnType> ParameterTypes => parameterTypes;

    /// <summary>The types of the columns as far as the text tells them; null when it tells of none.</summary>
    public IReadOnlyList<ColumnType?>? ColumnTypes => columnTypes;

    /// <summary>
    /// Set for a question about PostgreSQL's own catalog, which a driver asks when it opens a connection.
    /// </summary>
    public PostgresCatalogQuery? About => about;
}

/// <summary>The questions about PostgreSQL's catalog that drivers ask and the emulator answers.</summary>
internal enum PostgresCatalogQuery
{
    /// <summary>The base types.</summary>
    Types,

    /// <summary>The fields of composite types.</summary>
    CompositeFields,

    /// <summary>The labels of enums.</summary>
    EnumLabels,

    /// <summary>The arrays of types, which postgres.js asks for.</summary>
    ArrayTypes,
}

/// <summary>
/// BEGIN, COMMIT or ROLLBACK. The service has no transactions, so they only move the session's status.
/// </summary>
internal sealed class TransactionControl(string kind) : Statement(kind);

/// <summary>SAVEPOINT, RELEASE or ROLLBACK TO, within a block. As there, only the session's status moves.</summary>
internal sealed class SavepointControl(string kind, string name) : NamedStatement(kind, name);

/// <summary>
/// A statement about the session (SET, RESET, DISCARD ...), accepted without effect for the sake of drivers' pools.
/// </summary>
internal sealed class SessionControl(string kind, bool forgetsPrepared = false) : Statement(kind)
{
    /// <summary>Whether prepared statements are forgotten (DISCARD ALL, DEALLOCATE ALL).</summary>
    public bool ForgetsPrepared => forgetsPrepared;
}
