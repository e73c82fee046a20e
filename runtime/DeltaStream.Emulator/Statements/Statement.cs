namespace DeltaStream.Emulator.Statements;

/// <summary>
/// One parsed statement. These are classes and not records: a record's ToString would show parameter values.
/// </summary>
internal abstract class Statement
{
    private const int LongestHead = 1000;

    /// <summary>What the statement is, for the command tag and for logs, such as <c>CREATE STORE</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// How the statement begins, as it was written, without any WITH list: there are no secrets in it.
    /// </summary>
    public string Head { get; set; } = "";

    /// <summary>A beginning that is long enough to tell what a statement is.</summary>
    public static string Cut(string text) => text.Length <= LongestHead ? text : text[..LongestHead];
}

internal sealed class CreateStore(string name, IReadOnlyList<Assignment> assignments) : Statement
{
    public override string Kind => "CREATE STORE";

    public string Name { get; } = name;

    public IReadOnlyList<Assignment> Assignments { get; } = assignments;
}

internal sealed class UpdateStore(string name, IReadOnlyList<Assignment> assignments) : Statement
{
    public override string Kind => "UPDATE STORE";

    public string Name { get; } = name;

    public IReadOnlyList<Assignment> Assignments { get; } = assignments;
}

internal sealed class DropStore(string name) : Statement
{
    public override string Kind => "DROP STORE";

    public string Name { get; } = name;
}

internal sealed class DescribeStore(string name) : Statement
{
    public override string Kind => "DESCRIBE STORE";

    public string Name { get; } = name;
}

internal sealed class ListStores : Statement
{
    public override string Kind => "LIST STORES";
}

/// <summary>Makes a store the one of the context, over REST.</summary>
internal sealed class UseStore(string name) : Statement
{
    public override string Kind => "USE STORE";

    public string Name { get; } = name;
}

/// <summary>Makes a role the one of the context, over REST.</summary>
internal sealed class UseRole(string name) : Statement
{
    public override string Kind => "USE ROLE";

    public string Name { get; } = name;
}

/// <summary>A SELECT, as text that SQLite understands.</summary>
internal sealed class Select(string text, int parameterCount, PostgresCatalogQuery? about) : Statement
{
    public override string Kind => "SELECT";

    public string Text { get; } = text;

    public int ParameterCount { get; } = parameterCount;

    /// <summary>
    /// Set for a question about PostgreSQL's own catalog, which a driver asks when it opens a connection.
    /// </summary>
    public PostgresCatalogQuery? About { get; } = about;
}

/// <summary>The questions about PostgreSQL's catalog that have an answer here.</summary>
internal enum PostgresCatalogQuery
{
    /// <summary>Npgsql's list of base types.</summary>
    Types,

    /// <summary>Npgsql's list of composite types' fields.</summary>
    CompositeFields,

    /// <summary>Npgsql's list of enum labels.</summary>
    EnumLabels,
}

/// <summary>
/// BEGIN, COMMIT or ROLLBACK. The service has no transactions, so they only move the session's status.
/// </summary>
internal sealed class TransactionControl(TransactionVerb verb) : Statement
{
    public override string Kind => Verb.ToString().ToUpperInvariant();

    public TransactionVerb Verb { get; } = verb;
}

internal enum TransactionVerb
{
    Begin,
    Commit,
    Rollback,
}

/// <summary>
/// A statement about the session (SET, RESET, DISCARD ...), accepted without effect for the sake of drivers' pools.
/// </summary>
internal sealed class SessionControl(string tag, bool forgetsPrepared) : Statement
{
    public override string Kind => tag;

    /// <summary>Whether prepared statements are forgotten (DISCARD ALL, DEALLOCATE ALL).</summary>
    public bool ForgetsPrepared { get; } = forgetsPrepared;
}
