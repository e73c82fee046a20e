using System.Globalization;
using System.Net;

namespace DeltaStream.Emulator.Hosting;

/// <summary>What the program was asked to do on its command line.</summary>
internal sealed class CommandLine
{
    public const string PasswordVariable = "DELTASTREAM_EMULATOR_PASSWORD";

    public const string Usage = """
        A local DeltaStream for development and tests: stores, their readiness and their catalog.

        Usage: deltastream-emulator [options]

          --postgres HOST:PORT     where to listen for the PostgreSQL protocol (127.0.0.1:5433; port 0 takes a free one)
          --password TEXT          the password of the user deltastream; better given by the environment variable
                                   DELTASTREAM_EMULATOR_PASSWORD. Without either, one is made up and printed
          --no-auth                let everybody in; on loopback addresses only
          --provision-delay TIME   how long a store is provisioning: 500ms, 2s, 1m (2s)
          --data-file FILE         keep the stores in FILE; without it they are gone when the program ends
          --accounts FILE          the accounts that stores may use, as JSON:
                                   [{ "type": "KAFKA", "parameters": { "kafka.sasl.username": "u", ... } }]
          --live                   really connect to the PostgreSQL servers that stores declare
          --verbose                log what happens; never secrets
          --help                   this text
        """;

    private static readonly string[] Options =
    [
        "--postgres",
        "--password",
        "--no-auth",
        "--provision-delay",
        "--data-file",
        "--accounts",
        "--live",
        "--verbose",
        "--help",
    ];

    public IPEndPoint Postgres { get; private set; } = new(IPAddress.Loopback, 5433);

    public string? Password { get; private set; }

    public bool NoAuth { get; private set; }

    public TimeSpan ProvisionDelay { get; private set; } = TimeSpan.FromSeconds(2);

    public string? DataFile { get; private set; }

    public string? AccountsFile { get; private set; }

    public bool Live { get; private set; }

    public bool Verbose { get; private set; }

    public bool Help { get; private set; }

    /// <summary>
    /// Reads the arguments; the environment's password counts where the command line says nothing of it.
    /// </summary>
    /// <exception cref="CommandLineException">An argument is not understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments, string? passwordOfEnvironment)
    {
        var result = new CommandLine();
        for (var i = 0; i < arguments.Count; i++)
        {
            // Both --option value and --option=value are understood.
            var (name, inline) = Split(arguments[i]);
            var used = false;
            result.Set(name, Value);
            if (inline is not null && !used)
                throw new CommandLineException($"{name} takes no value.");

            string Value()
            {
                used = true;
                if (inline is not null)
                    return inline;
                return ++i < arguments.Count ? arguments[i] : throw new CommandLineException($"{name} needs a value.");
            }
        }

        if (result is { NoAuth: true, Password: not null })
            throw new CommandLineException("--password has no effect with --no-auth: give one or the other.");
        if (!result.NoAuth)
            result.Password ??= passwordOfEnvironment is "" ? null : passwordOfEnvironment;
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
                Postgres = Endpoint(value());
                break;
            case "--password":
                Password = value() is { Length: > 0 } password
                    ? password
                    : throw new CommandLineException("--password is empty.");
                break;
            case "--no-auth":
                NoAuth = true;
                break;
            case "--provision-delay":
                ProvisionDelay = Delay(value());
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

    private static IPEndPoint Endpoint(string text)
    {
        var named = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)
            ? string.Concat("127.0.0.1", text.AsSpan("localhost".Length))
            : text;
        var colon = named.LastIndexOf(':');
        var hasPort = colon > 0 && (named.IndexOf(':', StringComparison.Ordinal) == colon || named[colon - 1] == ']');
        return hasPort && IPEndPoint.TryParse(named, out var endpoint)
            ? endpoint
            : throw new CommandLineException(
                $"--postgres '{text}' is not an address and a port, such as 127.0.0.1:5433."
            );
    }

    private static TimeSpan Delay(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        double? milliseconds = text[digits..] switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => null,
        };
        // A day is more than any test waits.
        return
            milliseconds is { } unit
            && double.TryParse(
                text.AsSpan(0, digits),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number * unit <= TimeSpan.MillisecondsPerDay
            ? TimeSpan.FromMilliseconds(number * unit)
            : throw new CommandLineException($"--provision-delay '{text}' is not a time, such as 500ms, 2s or 1m.");
    }

    private static CommandLineException Unknown(string name)
    {
        var near = NearMatch.Of(name, Options);
        return new CommandLineException(
            near is null ? $"Unknown option {name}; --help lists them." : $"Unknown option {name}; did you mean {near}?"
        );
    }
}

/// <summary>The command line is not understood; the message tells the user why.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
