using System.CommandLine;
using System.CommandLine.Invocation;
using DeltaStream.Emulator.CommandLine;
using DeltaStream.Emulator.Identity;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace DeltaStream.Emulator;

/// <summary>
/// The emulator as a program. It exits with 0 when it is told to stop, with 1 when it can't start, with 2 when its
/// arguments are wrong.
/// </summary>
internal static class Program
{
    private const int CannotStart = 1;
    private const int WronglyCalled = 2;

    // The emulator waits 2 seconds for its clients when it stops.
    private static readonly InvocationConfiguration s_invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    };

    internal static async Task<int> Main(string[] arguments)
    {
        var command = new EmulatorCommand();
        command.SetAction((given, stopping) => RunAsync(command, given, stopping));
        var parsed = command.Parse(arguments);
        if (parsed.Action is ParseErrorAction wrong)
        {
            wrong.ShowHelp = false;
            await parsed.InvokeAsync(new() { Output = Console.Error }).ConfigureAwait(false);
            return WronglyCalled;
        }

        try
        {
            return await parsed.InvokeAsync(s_invocation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException)
        {
            // An ArgumentException adds the parameter's name, which the user did not write.
            await Console.Error.WriteLineAsync(e.Message.Split(" (Parameter ")[0]).ConfigureAwait(false);
            return e is ArgumentException ? WronglyCalled : CannotStart;
        }
    }

    private static async Task RunAsync(EmulatorCommand command, ParseResult given, CancellationToken stopping)
    {
        using var loggers = command.IsVerbose(given) ? VerboseLoggers() : null;
        var options = command.Emulator(given, Environment.GetEnvironmentVariable, loggers);
        var emulator = await DeltaStreamEmulator.StartAsync(options, stopping).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            foreach (var fault in command.Faults(given))
            {
                emulator.Faults.Add(fault);
            }

            await Console.Out.WriteLineAsync(Postgres(emulator, options)).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(Rest(emulator, options)).ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Postgres(DeltaStreamEmulator emulator, DeltaStreamEmulatorOptions options)
    {
        var endpoint = $"PostgreSQL protocol: {emulator.PostgresEndpoint}";
        if (options.NoAuth)
        {
            return $"{endpoint} (no authentication, any user)";
        }

        // Who gave a password knows it; only a made-up one is shown.
        var password = options.Password is null
            ? $"password made up: {new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString).Password}"
            : "password as given";
        return $"{endpoint} (user {EmulatorIdentity.User}, database {EmulatorIdentity.Database}, {password})";
    }

    private static string Rest(DeltaStreamEmulator emulator, DeltaStreamEmulatorOptions options)
    {
        var token =
            options.NoAuth ? "no authentication"
            : options.Token is null ? $"token made up: {emulator.Token}"
            : "token as given";
        return $"REST API: {emulator.ServerUri} ({token})";
    }

    private static ILoggerFactory VerboseLoggers() =>
        LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Debug);
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        });
}
