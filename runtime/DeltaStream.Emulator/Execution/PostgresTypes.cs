using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Execution;

/// <summary>
/// Answers what drivers ask about PostgreSQL's types when they open a connection. An empty list of types breaks Npgsql,
/// so it gets the base types that results and parameters here can have.
/// </summary>
internal static class PostgresTypes
{
    private static readonly (long Oid, string Name)[] s_baseTypes =
    [
        (16, "bool"),
        (17, "bytea"),
        (18, "char"),
        (19, "name"),
        (20, "int8"),
        (21, "int2"),
        (23, "int4"),
        (25, "text"),
        (26, "oid"),
        (114, "json"),
        (700, "float4"),
        (701, "float8"),
        (705, "unknown"),
        (1042, "bpchar"),
        (1043, "varchar"),
        (1082, "date"),
        (1114, "timestamp"),
        (1184, "timestamptz"),
        (1700, "numeric"),
        (2950, "uuid"),
    ];

    public static StatementResult Answer(PostgresCatalogQuery question) =>
        question switch
        {
            PostgresCatalogQuery.Types => StatementResult.OfQuery(
                Columns("nspname", "+oid", "typname", "typtype", "typnotnull", "+elemtypoid"),
                s_baseTypes.Select(t => new object?[] { "pg_catalog", t.Oid, t.Name, "b", "f", null })
            ),
            PostgresCatalogQuery.CompositeFields => StatementResult.OfQuery(
                Columns("nspname", "typname", "+oid", "attname", "+atttypid"),
                []
            ),
            PostgresCatalogQuery.EnumLabels => StatementResult.OfQuery(Columns("+oid", "enumlabel"), []),
            // No result here has an array.
            _ => StatementResult.OfQuery(Columns("+oid", "+typarray"), []),
        };

    private static ResultColumn[] Columns(params string[] names) =>
        names
            .Select(n =>
                n[0] == '+' ? new ResultColumn(n[1..], ColumnType.Integer) : new ResultColumn(n, ColumnType.Text)
            )
            .ToArray();
}
