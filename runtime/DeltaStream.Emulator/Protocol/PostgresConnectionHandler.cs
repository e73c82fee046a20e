using System.Collections.Concurrent;
using System.Security.Cryptography;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Limits;
using DeltaStream.Emulator.Logging;
using Microsoft.AspNetCore.Connections;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// Takes a connection from its first byte to its end. Whatever a client does, it ends its own connection at most.
/// </summary>
internal sealed class PostgresConnectionHandler(
    Authenticator authenticator,
    StatementExecutor executor,
    Role role,
    MemoryBudget memory,
    ILogger logger,
    CancellationToken stopping
)
{
    // As PostgreSQL's authentication_timeout, but shorter: nobody types a password here.
    public static TimeSpan LoginLimit => TimeSpan.FromSeconds(15);

    // By what a CancelRequest names: the session's number and its secret.
    private readonly ConcurrentDictionary<(int Process, int Secret), Session> _sessions = new();
    private int _last;

    public async Task OnConnectedAsync(ConnectionContext connection)
    {
        var process = Interlocked.Increment(ref _last);
        var writer = new MessageWriter(connection.Transport.Output);
        using var share = memory.Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, connection.ConnectionClosed);
        Log.ConnectionOpened(logger, process);
        try
        {
            await ServeAsync(new MessageReader(connection.Transport.Input, share), writer, process, ending.Token)
                .ConfigureAwait(false);
            await writer.FlushAsync(ending.Token).ConfigureAwait(false);
        }
        catch (ProtocolException e)
        {
            Log.ProtocolViolated(logger, process);
            await LastWordAsync(writer, SqlState.ProtocolViolation, e.Message).ConfigureAwait(false);
        }
        catch (StatementException e)
        {
            await LastWordAsync(writer, e.SqlState, e.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await LastWordAsync(writer, SqlState.AdminShutdown, "the emulator stops").ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client is gone, in the middle of something or too slow to log in.
        }
        finally
        {
            Log.ConnectionClosed(logger, process);
        }
    }

    private async Task ServeAsync(
        MessageReader reader,
        MessageWriter writer,
        int process,
        CancellationToken cancellationToken
    )
    {
        StartupMessage client;
        using (var login = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            login.CancelAfter(LoginLimit);
            var startup = await Startup.ReadAsync(reader, writer, login.Token).ConfigureAwait(false);
            if (startup is CancelRequest cancel && _sessions.TryGetValue(cancel.Key, out var other))
            {
                other.CancelStatement();
            }

            if (startup is not StartupMessage message)
            {
                return;
            }

            client = message;
            if (!await authenticator.LetInAsync(client, reader, writer, login.Token).ConfigureAwait(false))
            {
                return;
            }
        }

        using var session = new Session(reader, writer, executor, role, process, logger);
        var key = (Process: process, Secret: RandomNumberGenerator.GetInt32(int.MaxValue));
        _sessions[key] = session;
        try
        {
            await using var stop = cancellationToken.Register(session.CancelForGood).ConfigureAwait(false);
            session.Greet(key.Secret, client);
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sessions.TryRemove(key, out _);
        }
    }

    private static async Task LastWordAsync(MessageWriter writer, string sqlState, string message)
    {
        try
        {
            writer.Fatal(sqlState, message);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await writer.FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }
}
