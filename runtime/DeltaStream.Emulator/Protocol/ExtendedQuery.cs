using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// The extended protocol: statements are parsed, bound, described and executed by messages of their own.
/// </summary>
internal sealed class ExtendedQuery(SessionState state, MessageWriter writer) : IDisposable
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
        var needed = statement is Select select ? select.ParameterCount : 0;
        var all = Enumerable.Range(0, Math.Max(needed, types.Length));
        var parameterTypes = all.Select(i => WireType.ParameterType(i < types.Length ? types[i] : 0)).ToList();
        _statements[name] = new PreparedStatement(statement, parameterTypes);
        writer.Bare('1');
    }

    public void Bind(byte[] body)
    {
        var fields = new MessageBody(body);
        var name = fields.Text();
        var prepared = Statement(fields.Text());
        var formats = Formats(ref fields);
        var parameters = Parameters(ref fields, prepared, formats);
        var resultFormats = Formats(ref fields);

        if (name.Length > 0 && _portals.ContainsKey(name))
        {
            throw Syntax($"portal \"{name}\" already exists", "42P03");
        }

        ClosePortal(name);
        if (_portals.Count >= MostPortals)
        {
            throw TooMany("portals");
        }

        _portals[name] = new Portal(prepared, parameters, resultFormats);
        writer.Bare('2');
    }

    public void Describe(byte[] body)
    {
        var fields = new MessageBody(body);
        if (fields.Byte() == 'S')
        {
            var prepared = Statement(fields.Text());
            writer.ParameterDescription(prepared.ParameterTypes);
            if (prepared.Statement is { } statement)
            {
                prepared.Columns ??= state.Columns(statement);
            }

            if (prepared.Columns is { Count: > 0 } columns)
            {
                writer.RowDescription(columns, _ => false);
            }
            else
            {
                writer.Bare('n');
            }

            return;
        }

        var portal = Portal(fields.Text());
        // A SELECT's columns can depend on its parameters, so it starts here; what changes a store waits for Execute.
        if (portal.Prepared.Statement is Select)
        {
            Start(portal);
        }

        var described = portal.Result?.Columns ?? (portal.Prepared.Statement is { } toRun ? state.Columns(toRun) : []);
        if (described.Count > 0)
        {
            writer.RowDescription(described, portal.IsBinary);
        }
        else
        {
            writer.Bare('n');
        }
    }

    /// <summary>Runs a portal, or fetches a further part of its rows.</summary>
    public async ValueTask ExecuteAsync(
        byte[] body,
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
        Start(portal);
        var result = portal.Result!;
        for (var sent = 0; limit <= 0 || sent < limit; sent++)
        {
            if (!result.TryRead(out var row))
            {
                writer.CommandComplete(result.Tag);
                return;
            }

            writer.DataRow(row, portal.IsBinary);
            if (writer.WantsFlush && !await writer.FlushAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new IOException("the client is gone");
            }
        }

        writer.Bare('s');
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

    private void Start(Portal portal) =>
        portal.Result ??= state.Run(portal.Prepared.Statement!, portal.Parameters, portal.Prepared.Columns);

    private (Portal Portal, int Limit) ExecuteFields(byte[] body)
    {
        var fields = new MessageBody(body);
        return (Portal(fields.Text()), fields.Int32());
    }

    private static bool[] Formats(ref MessageBody fields)
    {
        var formats = new bool[fields.Count(2)];
        for (var i = 0; i < formats.Length; i++)
        {
            formats[i] = fields.Int16() == 1;
        }

        return formats;
    }

    private static object?[] Parameters(ref MessageBody fields, PreparedStatement prepared, bool[] formats)
    {
        var parameters = new object?[fields.Count(4)];
        if (parameters.Length != prepared.ParameterTypes.Count)
        {
            throw Syntax("the number of parameters is not the statement's", SqlState.ProtocolViolation);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var length = fields.Int32();
            if (length == -1)
            {
                continue;
            }

            var binary = formats.Length switch
            {
                0 => false,
                1 => formats[0],
                _ => i < formats.Length && formats[i],
            };
            parameters[i] = WireType.Decode(fields.Take(length), prepared.ParameterTypes[i], binary);
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
