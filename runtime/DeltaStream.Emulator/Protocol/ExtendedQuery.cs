using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// The extended protocol: statements are parsed, bound, described and executed by messages of their own.
/// </summary>
internal sealed class ExtendedQuery(MessageWriter writer) : IDisposable
{
    private const int MostStatements = 1000;
    private const int MostPortals = 100;

    private readonly Dictionary<string, PreparedStatement> _statements = [];
    private readonly Dictionary<string, Portal> _portals = [];

    public void Parse(byte[] body)
    {
        var fields = new MessageBody(body);
        var name = fields.Text();
        var statements = Parser.Parse(fields.Text());
        var types = new int[fields.Count(4)];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = fields.Int32();
        }

        if (statements.Count > 1)
        {
            throw Syntax("only one statement can be prepared at a time");
        }

        if (name.Length > 0 && _statements.ContainsKey(name))
        {
            throw Syntax($"prepared statement \"{name}\" already exists", "42P05");
        }

        if (_statements.Count >= MostStatements)
        {
            throw TooMany("prepared statements");
        }

        var statement = statements.Count == 0 ? null : statements[0];
        var told = (statement as Select)?.ParameterTypes ?? [];
        var all = Enumerable.Range(0, Math.Max(told.Count, types.Length));
        var parameterTypes = all.Select(i =>
                WireType.ParameterType(types.ElementAtOrDefault(i), told.ElementAtOrDefault(i))
            )
            .ToList();
        _statements[name] = new PreparedStatement(statement, parameterTypes);
        writer.Bare('1');
    }

    public void Bind(byte[] body)
    {
        var fields = new MessageBody(body);
        var name = fields.Text();
        var prepared = Statement(fields.Text());
        var parameters = Parameters(ref fields, prepared);
        var isBinary = fields.Formats();

        if (name.Length > 0 && _portals.ContainsKey(name))
        {
            throw Syntax($"portal \"{name}\" already exists", "42P03");
        }

        ClosePortal(name);
        if (_portals.Count >= MostPortals)
        {
            throw TooMany("portals");
        }

        _portals[name] = new Portal(prepared, parameters, isBinary);
        writer.Bare('2');
    }

    public async ValueTask DescribeAsync(byte[] body, SessionState state)
    {
        var (isStatement, name) = DescribeFields(body);
        if (isStatement)
        {
            var prepared = Statement(name);
            writer.ParameterDescription(prepared.ParameterTypes);
            prepared.Columns ??= await ColumnsAsync(prepared, [], state).ConfigureAwait(false);
            Describe(prepared.Columns, _ => false);
            return;
        }

        var portal = Portal(name);
        portal.Columns ??= await ColumnsAsync(portal.Prepared, portal.Parameters, state).ConfigureAwait(false);
        Describe(portal.Columns, portal.IsBinary);
    }

    /// <summary>Runs a portal, or fetches a further part of its rows.</summary>
    public async ValueTask ExecuteAsync(
        byte[] body,
        SessionState state,
        Action<Statement> beforeStatement,
        CancellationToken cancellationToken
    )
    {
        var (portal, limit) = ExecuteFields(body);
        if (portal.Prepared.Statement is not { } statement)
        {
            writer.Bare('I');
            return;
        }

        beforeStatement(statement);
        portal.Result ??= await RunAsync(portal, statement, state).ConfigureAwait(false);
        if (!await writer.RowsAsync(portal.Result!, portal.IsBinary, limit, cancellationToken).ConfigureAwait(false))
        {
            writer.Bare('s');
        }
    }

    public void Close(byte[] body)
    {
        var fields = new MessageBody(body);
        if (fields.Byte() == 'S')
        {
            _statements.Remove(fields.Text());
        }
        else
        {
            ClosePortal(fields.Text());
        }

        writer.Bare('3');
    }

    /// <summary>Portals live as long as their transaction.</summary>
    public void ClosePortals()
    {
        foreach (var portal in _portals.Values)
        {
            portal.Dispose();
        }

        _portals.Clear();
    }

    public void ForgetPrepared() => _statements.Clear();

    public void Dispose() => ClosePortals();

    private static async ValueTask<IReadOnlyList<ResultColumn>> ColumnsAsync(
        PreparedStatement prepared,
        IReadOnlyList<object?> parameters,
        SessionState state
    ) =>
        prepared.Statement is { } statement
            ? await state.ColumnsAsync(statement, parameters).ConfigureAwait(false)
            : [];

    private static async ValueTask<StatementResult> RunAsync(Portal portal, Statement statement, SessionState state)
    {
        var result = await state.RunAsync(statement, portal.Parameters, portal.Columns).ConfigureAwait(false);
        return statement is CreateStore or UpdateStore or DropStore ? result.WithoutRows() : result;
    }

    private static (bool IsStatement, string Name) DescribeFields(byte[] body)
    {
        var fields = new MessageBody(body);
        return (fields.Byte() == 'S', fields.Text());
    }

    private void Describe(IReadOnlyList<ResultColumn> columns, Func<int, bool> isBinary)
    {
        if (columns.Count > 0)
        {
            writer.RowDescription(columns, isBinary);
        }
        else
        {
            writer.Bare('n');
        }
    }

    private (Portal Portal, int Limit) ExecuteFields(byte[] body)
    {
        var fields = new MessageBody(body);
        return (Portal(fields.Text()), fields.Int32());
    }

    private static object?[] Parameters(ref MessageBody fields, PreparedStatement prepared)
    {
        var isBinary = fields.Formats();
        var parameters = new object?[fields.Count(4)];
        if (parameters.Length != prepared.ParameterTypes.Count)
        {
            throw Syntax("the number of parameters is not the statement's", SqlState.ProtocolViolation);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var length = fields.Int32();
            parameters[i] =
                length == -1 ? null : WireType.Decode(fields.Take(length), prepared.ParameterTypes[i], isBinary(i));
        }

        return parameters;
    }

    private PreparedStatement Statement(string name) =>
        _statements.TryGetValue(name, out var statement)
            ? statement
            : throw Syntax($"prepared statement \"{name}\" does not exist", SqlState.InvalidStatementName);

    private Portal Portal(string name) =>
        _portals.TryGetValue(name, out var portal)
            ? portal
            : throw Syntax($"portal \"{name}\" does not exist", SqlState.InvalidCursorName);

    private void ClosePortal(string name)
    {
        if (_portals.Remove(name, out var portal))
        {
            portal.Dispose();
        }
    }

    private static StatementException Syntax(string message, string sqlState = SqlState.SyntaxError) =>
        new(sqlState, message);

    private static StatementException TooMany(string what) =>
        new(SqlState.ProgramLimitExceeded, $"too many {what} in one session");
}
