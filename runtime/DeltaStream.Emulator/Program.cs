using System.Globalization;
using System.Runtime.InteropServices;
using DeltaStream.Emulator.Accounts;
using DeltaStream.Emulator.Hosting;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace DeltaStream.Emulator;

/// <summary>
/// The emulator as a program. It ends with 0 when it is told to stop, 1 when it can't start, 2 when it is called
/// wrongly.
/// </summary>
internal static class Program
{
    private const int Stopped = 0;
    private const int CannotStart = 1;
    private const int WronglyCalled = 2;

    internal static async Task<int> Main(string[] arguments)
    {
        try
        {
            var commandLine = CommandLine.Parse(
                arguments,
                Environment.GetEnvironmentVariable(CommandLine.PasswordVariable),
                Environment.GetEnvironmentVariable(CommandLine.TokenVariable)
            );
            if (commandLine.Help)
            {
                await Console.Out.WriteLineAsync(CommandLine.Usage).ConfigureAwait(false);
                return Stopped;
            }

            await RunAsync(commandLine).ConfigureAwait(false);
            return Stopped;
        }
        catch (Exception e) when (e is CommandLineException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(FirstLine(e)).ConfigureAwait(false);
            return WronglyCalled;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(FirstLine(e)).ConfigureAwait(false);
            return CannotStart;
        }
    }

    private static async Task RunAsync(CommandLine commandLine)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var loggers = commandLine.Verbose ? VerboseLoggers() : null;

        var options = new DeltaStreamEmulatorOptions
        {
            PostgresEndpoint = commandLine.Postgres,
            HttpEndpoint = commandLine.Http,
            NoAuth = commandLine.NoAuth,
            Password = commandLine.Password,
            Token = commandLine.Token,
            AsyncStatements = commandLine.AsyncStatements,
            Roles = commandLine.Roles,
            ProvisionDelay = commandLine.ProvisionDelay,
            DataFile = commandLine.DataFile,
            Accounts = commandLine.AccountsFile is { } file ? AccountsFile.Read(file) : [],
            KeyOverrides = commandLine.KeyOverrides,
            LiveProbe = commandLine.Live,
            LoggerFactory = loggers,
        };
        var emulator = await DeltaStreamEmulator.StartAsync(options).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            foreach (var fault in commandLine.Faults)
            {
                emulator.Faults.Add(fault);
            }

            await Console.Out.WriteLineAsync(Postgres(emulator, commandLine)).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(Rest(emulator, commandLine)).ConfigureAwait(false);
            await stop.Task.ConfigureAwait(false);
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static string Postgres(DeltaStreamEmulator emulator, CommandLine commandLine)
    {
        var endpoint = $"PostgreSQL protocol: {emulator.PostgresEndpoint}";
        if (commandLine.NoAuth)
        {
            return $"{endpoint} (no authentication, any user)";
        }
        // A password that was given is known to whoever gave it; only a made-up one is shown.
        var password = commandLine.Password is null
            ? $"password made up: {new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString).Password}"
            : "password as given";
        return $"{endpoint} (user {EmulatorIdentity.User}, database {EmulatorIdentity.Database}, {password})";
    }

    private static string Rest(DeltaStreamEmulator emulator, CommandLine commandLine)
    {
        var endpoint = $"REST API: {emulator.ServerUri}";
        if (commandLine.NoAuth)
        {
            return $"{endpoint} (no authentication)";
        }

        return $"{endpoint} ({(commandLine.Token is null ? $"token made up: {emulator.Token}" : "token as given")})";
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

    /// <summary>
    /// An ArgumentException adds the parameter's name on a line or in brackets of its own; the user wrote no such
    /// parameter.
    /// </summary>
    private static string FirstLine(Exception e)
    {
        var end = e.Message.IndexOf(" (Parameter ", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(end < 0 ? e.Message : e.Message[..end])}");
    }
}
