using System.Net;

namespace DeltaStream.Emulator.Hosting;

/// <summary>What the program was asked to do on its command line.</summary>
internal sealed class CommandLine
{
    public const string PasswordVariable = "DELTASTREAM_EMULATOR_PASSWORD";

    public const string TokenVariable = "DELTASTREAM_EMULATOR_TOKEN";

    public const string Usage = """
        A local DeltaStream for development and tests: stores, their readiness and their catalog.

        Usage: deltastream-emulator [options]

          --postgres HOST:PORT     where to listen for the PostgreSQL protocol (127.0.0.1:5433; port 0 takes a free one)
          --http HOST:PORT         where to listen for the REST API (127.0.0.1:8088; port 0 takes a free one)
          --password TEXT          the password of the user deltastream; better given by the environment variable
                                   DELTASTREAM_EMULATOR_PASSWORD. Without either, one is made up and printed
          --token TEXT             the bearer token of the REST API; better given by the environment variable
                                   DELTASTREAM_EMULATOR_TOKEN. Without either, one is made up and printed
          --no-auth                let everybody in, by both protocols; on loopback addresses only
          --async-statements       answer statements over REST with 202 first, so that clients poll
          --role NAME              a role that REST requests may run as; give it once for each. The first sees every
                                   store, the others what they own (sysadmin)
          --fault KIND[,...]       a fault to inject; give it once for each. KIND is service-unavailable,
                                   too-many-requests, slow-headers, truncated-body, reset-before-execution,
                                   reset-after-execution, row-not-yet-visible or state-flapping. After it may follow
                                   statement=CREATE STORE, times=N or times=always (once, or always with a rate), skip=N,
                                   rate=0.2, seed=N, delay=5s, retry-after=2s, looks=N
          --key-override PROPERTY=KEY[:KIND]
                                   another key for a property whose spec marks it unverified, and the form of its value,
                                   string or identifier; give it once for each
          --provision-delay TIME   how long a store is provisioning: 500ms, 2s, 1m (2s)
          --data-file FILE         keep the stores in FILE; without it they are gone when the program ends
          --accounts FILE          the accounts that stores may use, as JSON:
                                   [{ "type": "TYPE", "parameters": { "key": "value", ... } }]
          --live                   really connect to the PostgreSQL servers that stores declare
          --verbose                log what happens; never secrets
          --help                   this text
        """;

    private static readonly string[] s_options =
    [
        "--postgres",
        "--http",
        "--password",
        "--token",
        "--no-auth",
        "--async-statements",
        "--role",
        "--fault",
        "--key-override",
        "--provision-delay",
        "--data-file",
        "--accounts",
        "--live",
        "--verbose",
        "--help",
    ];

    private readonly List<string> _roles = [];
    private readonly List<EmulatorFault> _faults = [];
    private readonly List<string> _keyOverrides = [];

    public IPEndPoint Postgres { get; private set; } = new(IPAddress.Loopback, 5433);

    public IPEndPoint Http { get; private set; } = new(IPAddress.Loopback, 8088);

    public string? Password { get; private set; }

    public string? Token { get; private set; }

    public bool AsyncStatements { get; private set; }

    /// <summary>The roles that were given, or the one that there is otherwise.</summary>
    public IReadOnlyList<string> Roles => _roles.Count > 0 ? _roles : new DeltaStreamEmulatorOptions().Roles;

    public IReadOnlyList<EmulatorFault> Faults => _faults;

    public IReadOnlyList<string> KeyOverrides => _keyOverrides;

    public bool NoAuth { get; private set; }

    public TimeSpan ProvisionDelay { get; private set; } = TimeSpan.FromSeconds(2);

    public string? DataFile { get; private set; }

    public string? AccountsFile { get; private set; }

    public bool Live { get; private set; }

    public bool Verbose { get; private set; }

    public bool Help { get; private set; }

    /// <summary>
    /// Reads the arguments; the environment's password and token count where the command line says nothing of them.
    /// </summary>
    /// <exception cref="CommandLineException">An argument is not understood.</exception>
    public static CommandLine Parse(
        IReadOnlyList<string> arguments,
        string? passwordOfEnvironment,
        string? tokenOfEnvironment = null
    )
    {
        var result = new CommandLine();
        for (var i = 0; i < arguments.Count; i++)
        {
            // Both --option value and --option=value are understood.
            var (name, inline) = Split(arguments[i]);
            var used = false;
            result.Set(name, Value);
            if (inline is not null && !used)
            {
                throw new CommandLineException($"{name} takes no value.");
            }

            string Value()
            {
                used = true;
                if (inline is not null)
                {
                    return inline;
                }

                return ++i < arguments.Count ? arguments[i] : throw new CommandLineException($"{name} needs a value.");
            }
        }

        if (result is { NoAuth: true, Password: not null })
        {
            throw new CommandLineException("--password has no effect with --no-auth: give one or the other.");
        }

        if (result is { NoAuth: true, Token: not null })
        {
            throw new CommandLineException("--token has no effect with --no-auth: give one or the other.");
        }

        if (!result.NoAuth)
        {
            result.Password ??= passwordOfEnvironment is "" ? null : passwordOfEnvironment;
            result.Token ??= tokenOfEnvironment is "" ? null : tokenOfEnvironment;
        }

        return result;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return argument.StartsWith("--", StringComparison.Ordinal) && equals > 0
            ? (argument[..equals], argument[(equals + 1)..])
            : (argument, null);
    }

    private void Set(string name, Func<string> value)
    {
        switch (name)
        {
            case "--postgres":
                Postgres = Endpoint(name, value(), Postgres);
                break;
            case "--http":
                Http = Endpoint(name, value(), Http);
                break;
            case "--password":
                Password = NotEmpty(name, value());
                break;
            case "--token":
                Token = NotEmpty(name, value());
                break;
            case "--async-statements":
                AsyncStatements = true;
                break;
            case "--role":
                _roles.Add(NotEmpty(name, value()));
                break;
            case "--fault":
                _faults.Add(FaultText.Parse(value()));
                break;
            case "--key-override":
                _keyOverrides.Add(NotEmpty(name, value()));
                break;
            case "--no-auth":
                NoAuth = true;
                break;
            case "--provision-delay":
                ProvisionDelay = TimeText.Parse(name, value());
                break;
            case "--data-file":
                DataFile = value();
                break;
            case "--accounts":
                AccountsFile = value();
                break;
            case "--live":
                Live = true;
                break;
            case "--verbose":
                Verbose = true;
                break;
            case "--help" or "-h":
                Help = true;
                break;
            default:
                throw Unknown(name);
        }
    }

    private static IPEndPoint Endpoint(string option, string text, IPEndPoint example)
    {
        var named = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)
            ? string.Concat("127.0.0.1", text.AsSpan("localhost".Length))
            : text;
        var colon = named.LastIndexOf(':');
        var hasPort = colon > 0 && (named.IndexOf(':', StringComparison.Ordinal) == colon || named[colon - 1] == ']');
        return hasPort && IPEndPoint.TryParse(named, out var endpoint)
            ? endpoint
            : throw new CommandLineException($"{option} '{text}' is not an address and a port, such as {example}.");
    }

    private static string NotEmpty(string option, string value) =>
        value.Length > 0 ? value : throw new CommandLineException($"{option} is empty.");

    private static CommandLineException Unknown(string name)
    {
        // The dashes, which all have, make no two options near each other.
        var near = name.StartsWith('-') ? NearMatch.Of(name.TrimStart('-'), s_options.Select(o => o[2..])) : null;
        return new CommandLineException(
            near is null
                ? $"Unknown option {name}; --help lists them."
                : $"Unknown option {name}; did you mean --{near}?"
        );
    }
}

/// <summary>The command line is not understood; the message tells the user why.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
