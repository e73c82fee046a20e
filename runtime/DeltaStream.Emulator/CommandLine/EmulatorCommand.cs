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

    private readonly Option<IPEndPoint> _postgres;
    private readonly Option<IPEndPoint> _http;
    private readonly Option<string> _password;
    private readonly Option<string> _token;
    private readonly Option<bool> _noAuth;
    private readonly Option<bool> _asyncStatements;
    private readonly Option<string[]> _roles;
    private readonly Option<EmulatorFault[]> _faults;
    private readonly Option<string[]> _keyOverrides;
    private readonly Option<TimeSpan?> _provisionDelay;
    private readonly Option<string> _dataFile;
    private readonly Option<string> _accounts;
    private readonly Option<string[]> _specs;
    private readonly Option<string> _tlsCertificate;
    private readonly Option<string> _tlsKey;
    private readonly Option<bool> _live;
    private readonly Option<bool> _verbose;

    public EmulatorCommand()
        : base(
            "deltastream-emulator",
            "A local DeltaStream for development and tests: stores, their readiness and their catalog."
        )
    {
        Options.Add(new HelpOption());
        Options.Add(new VersionOption());
        _postgres = Endpoint("--postgres", 5433, "Where to listen for the PostgreSQL protocol.");
        _http = Endpoint("--http", 8088, "Where to listen for the REST API.");
        _password = Value<string>(
            "--password",
            "TEXT",
            $"The password of the user deltastream. Better set {PasswordVariable}. Without either, the emulator makes one up and prints it."
        );
        _token = Value<string>(
            "--token",
            "TEXT",
            $"The bearer token of the REST API. Better set {TokenVariable}. Without either, the emulator makes one up and prints it."
        );
        _noAuth = Switch("--no-auth", "Lets everybody in, by both protocols. Loopback addresses only.");
        _asyncStatements = Switch(
            "--async-statements",
            "Answers each statement over REST with 202 first, so that clients poll."
        );
        _roles = Value<string[]>(
            "--role",
            "NAME",
            "A role that REST requests may run as; repeat it for more. The first sees every store, the others see their own. [default: sysadmin]"
        );
        _faults = Value(
            "--fault",
            "KIND[,SETTING=VALUE...]",
            $"A fault to inject; repeat it for more. Kinds: {string.Join(", ", FaultText.Kinds)}. {FaultText.Help}",
            result => Parsed(result, FaultText.Parse)
        );
        _keyOverrides = Value<string[]>(
            "--key-override",
            "SUBTYPE.PROPERTY=KEY[:KIND]",
            "Another key for a property that its spec marks unverified; repeat it for more. KIND, string or identifier, is the form of the value."
        );
        _provisionDelay = Value<TimeSpan?>(
            "--provision-delay",
            "TIME",
            "How long a store is provisioning, such as 500ms or 1m. [default: 2s]",
            result =>
                Parsed(result, text => TimeText.Parse("--provision-delay", text)).Cast<TimeSpan?>().FirstOrDefault()
        );
        _dataFile = Value<string>(
            "--data-file",
            "FILE",
            "Keeps the stores in FILE. Without it they are gone when the emulator stops."
        );
        _accounts = Value<string>(
            "--accounts",
            "FILE",
            """The accounts that stores may use, as JSON: [{ "type": "TYPE", "parameters": { "key": "value", ... } }]"""
        );
        _specs = Value<string[]>(
            "--spec",
            "FILE",
            "A spec of a further subtype, such as acme.store.json; repeat it for more."
        );
        _tlsCertificate = Value<string>(
            "--tls-cert",
            "FILE",
            "Serves TLS over both protocols, with this certificate as PEM, and behind it those that lead to its authority."
        );
        _tlsKey = Value<string>("--tls-key", "FILE", "The private key of the certificate, as PEM.");
        _live = Switch("--live", "Connects to the PostgreSQL servers that stores declare.");
        _verbose = Switch("--verbose", "Logs what happens, without secrets.");
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
            SpecFiles = given.GetValue(_specs) ?? [],
            TlsCertificateFile = given.GetValue(_tlsCertificate),
            TlsKeyFile = given.GetValue(_tlsKey),
            LiveProbe = given.GetValue(_live),
            LoggerFactory = loggers,
        };

        string? Variable(string name) => noAuth || environment(name) is not { Length: > 0 } value ? null : value;
    }

    private Option<bool> Switch(string name, string description) => Value<bool>(name, null, description);

    private Option<IPEndPoint> Endpoint(string name, int port, string description)
    {
        var option = Value(
            name,
            "HOST:PORT",
            $"{description} Port 0 takes a free port.",
            result => Parsed(result, text => ParseEndpoint(name, text, port)).FirstOrDefault()
        );
        option.DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, port);
        return option;
    }

    private Option<T> Value<T>(string name, string? value, string description, Func<ArgumentResult, T?>? parse = null)
    {
        var option = new Option<T>(name)
        {
            HelpName = value,
            Description = description,
            CustomParser = parse,
        };
        Options.Add(option);
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
