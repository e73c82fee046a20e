using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Net;
using DeltaStream.Emulator.Accounts;

namespace DeltaStream.Emulator.CommandLine;

/// <summary>The command <c>deltastream-emulator</c>: its options, and the emulator that they describe.</summary>
internal sealed class EmulatorCommand : Command
{
    public const string PasswordVariable = "DELTASTREAM_EMULATOR_PASSWORD";
    public const string TokenVariable = "DELTASTREAM_EMULATOR_TOKEN";

    private readonly Option<IPEndPoint> _postgres = Endpoint(
        "--postgres",
        5433,
        "Where to listen for the PostgreSQL protocol."
    );
    private readonly Option<IPEndPoint> _http = Endpoint("--http", 8088, "Where to listen for the REST API.");
    private readonly Option<string> _password = Text(
        "--password",
        "TEXT",
        $"The password of the user deltastream. Better set {PasswordVariable}. Without either, the emulator makes one up and prints it."
    );
    private readonly Option<string> _token = Text(
        "--token",
        "TEXT",
        $"The bearer token of the REST API. Better set {TokenVariable}. Without either, the emulator makes one up and prints it."
    );
    private readonly Option<bool> _noAuth = Switch(
        "--no-auth",
        "Lets everybody in, by both protocols. Loopback addresses only."
    );
    private readonly Option<bool> _asyncStatements = Switch(
        "--async-statements",
        "Answers each statement over REST with 202 first, so that clients poll."
    );
    private readonly Option<string[]> _roles = Repeated(
        "--role",
        "NAME",
        "A role that REST requests may run as; repeat it for more. The first sees every store, the others see their own. [default: sysadmin]",
        text => text
    );
    private readonly Option<EmulatorFault[]> _faults = Repeated(
        "--fault",
        "KIND[,SETTING=VALUE...]",
        $"A fault to inject; repeat it for more. Kinds: {string.Join(", ", FaultText.Kinds)}. {FaultText.Help}",
        FaultText.Parse
    );
    private readonly Option<string[]> _keyOverrides = Repeated(
        "--key-override",
        "SUBTYPE.PROPERTY=KEY[:KIND]",
        "Another key for a property that its spec marks unverified; repeat it for more. KIND, string or identifier, is the form of the value.",
        text => text
    );
    private readonly Option<TimeSpan?> _provisionDelay = Value<TimeSpan?>(
        "--provision-delay",
        "TIME",
        "How long a store is provisioning, such as 500ms or 1m. [default: 2s]",
        text => TimeText.Parse("--provision-delay", text)
    );
    private readonly Option<string> _dataFile = Text(
        "--data-file",
        "FILE",
        "Keeps the stores in FILE. Without it they are gone when the emulator stops."
    );
    private readonly Option<string> _accounts = Text(
        "--accounts",
        "FILE",
        """The accounts that stores may use, as JSON: [{ "type": "TYPE", "parameters": { "key": "value", ... } }]"""
    );
    private readonly Option<bool> _live = Switch("--live", "Connects to the PostgreSQL servers that stores declare.");
    private readonly Option<bool> _verbose = Switch("--verbose", "Logs what happens, without secrets.");

    public EmulatorCommand()
        : base(
            "deltastream-emulator",
            "A local DeltaStream for development and tests: stores, their readiness and their catalog."
        )
    {
        foreach (
            var option in (Option[])
                [
                    _postgres,
                    _http,
                    _password,
                    _token,
                    _noAuth,
                    _asyncStatements,
                    _roles,
                    _faults,
                    _keyOverrides,
                    _provisionDelay,
                    _dataFile,
                    _accounts,
                    _live,
                    _verbose,
                    new HelpOption(),
                    new VersionOption(),
                ]
        )
        {
            Options.Add(option);
        }
    }

    /// <summary>Parses the arguments.</summary>
    public ParseResult Parse(params string[] arguments)
    {
        // A value that starts with @ is a value, not the name of a file with arguments.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var given = Parse(arguments, parsing);
        if (given.UnmatchedTokens is not [var unknown, ..])
        {
            return given;
        }

        // An unknown argument may hold a secret, so the error is about the name of an option and nothing else.
        var named = Parse([unknown.StartsWith('-') ? unknown.Split('=', ':')[0] : "<value>"], parsing);
        return named.Errors.Count > 0 ? named : given;
    }

    public bool IsVerbose(ParseResult given) => given.GetValue(_verbose);

    public IReadOnlyList<EmulatorFault> Faults(ParseResult given) => given.GetValue(_faults) ?? [];

    /// <summary>The emulator that the arguments describe.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="environment">Gives the value of an environment variable; it counts where the arguments don't say.</param>
    /// <param name="loggers">Where to log to, if anywhere.</param>
    public DeltaStreamEmulatorOptions Emulator(
        ParseResult given,
        Func<string, string?> environment,
        ILoggerFactory? loggers
    )
    {
        var noAuth = given.GetValue(_noAuth);
        return new()
        {
            PostgresEndpoint = given.GetRequiredValue(_postgres),
            HttpEndpoint = given.GetRequiredValue(_http),
            NoAuth = noAuth,
            Password = given.GetValue(_password) ?? Variable(PasswordVariable),
            Token = given.GetValue(_token) ?? Variable(TokenVariable),
            AsyncStatements = given.GetValue(_asyncStatements),
            Roles = given.GetValue(_roles) is { Length: > 0 } roles ? roles : new DeltaStreamEmulatorOptions().Roles,
            KeyOverrides = given.GetValue(_keyOverrides) ?? [],
            ProvisionDelay = given.GetValue(_provisionDelay) ?? TimeSpan.FromSeconds(2),
            DataFile = given.GetValue(_dataFile),
            Accounts = given.GetValue(_accounts) is { } file ? AccountsFile.Read(file) : [],
            LiveProbe = given.GetValue(_live),
            LoggerFactory = loggers,
        };

        string? Variable(string name) => noAuth || environment(name) is not { Length: > 0 } value ? null : value;
    }

    private static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    private static Option<string> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static Option<IPEndPoint> Endpoint(string name, int port, string description)
    {
        var option = Value(
            name,
            "HOST:PORT",
            $"{description} Port 0 takes a free port.",
            text => ParseEndpoint(name, text, port)
        );
        option.DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, port);
        return option;
    }

    private static IPEndPoint ParseEndpoint(string option, string text, int port)
    {
        var named = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)
            ? string.Concat("127.0.0.1", text.AsSpan("localhost".Length))
            : text;
        var colon = named.LastIndexOf(':');
        var hasPort = colon > 0 && (named.IndexOf(':', StringComparison.Ordinal) == colon || named[colon - 1] == ']');
        return hasPort && IPEndPoint.TryParse(named, out var endpoint)
            ? endpoint
            : throw new FormatException($"{option} '{text}' is not an address and a port, such as 127.0.0.1:{port}.");
    }

    private static Option<T> Value<T>(string name, string value, string description, Func<string, T> parse) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            CustomParser = result => Parsed(result, parse).FirstOrDefault(),
        };

    private static Option<T[]> Repeated<T>(string name, string value, string description, Func<string, T> parse) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            CustomParser = result => Parsed(result, parse),
        };

    private static T[] Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return [];
        }
    }
}
