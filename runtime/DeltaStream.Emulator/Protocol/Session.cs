using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Logging;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>One client that was let in: takes its messages one after the other until it goes.</summary>
internal sealed class Session(
    MessageReader reader,
    MessageWriter writer,
    StatementExecutor executor,
    Role role,
    int process,
    ILogger logger
) : IDisposable
{
    private readonly SessionState _state = new(executor, role, writer);
    private readonly ExtendedQuery _extended = new(writer);
    private bool _skipsToSync;
    private bool _isIdle = true;

    public void CancelStatement() => _state.Cancel.Cancel();

    public void CancelForGood() => _state.Cancel.CancelForGood();

    public void Greet(int secret, StartupMessage client)
    {
        if (client.MinorVersion > 0 || client.ProtocolOptions.Count > 0)
        {
            writer.NegotiateVersion(0, client.ProtocolOptions);
        }

        writer.ParameterStatus("server_version", EmulatorIdentity.ServerVersion);
        writer.ParameterStatus("server_encoding", "UTF8");
        writer.ParameterStatus("client_encoding", "UTF8");
        writer.ParameterStatus("DateStyle", "ISO, MDY");
        writer.ParameterStatus("TimeZone", "UTC");
        writer.ParameterStatus("integer_datetimes", "on");
        writer.ParameterStatus("standard_conforming_strings", "on");
        writer.BackendKey(process, secret);
        writer.ReadyForQuery(_state.Status);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false)
            && await NextAsync(cancellationToken).ConfigureAwait(false)
        ) { }
    }

    public void Dispose() => _extended.Dispose();

    /// <summary>Takes messages up to one that wants a response at once. Returns false when the client is gone.</summary>
    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is var (type, body))
        {
            switch (type)
            {
                case 'X':
                    return false;
                case 'S':
                    _skipsToSync = false;
                    EndOfRequest();
                    return true;
                case 'Q' or 'P' or 'B' or 'D' or 'E' or 'C' or 'F' when _skipsToSync:
                    break;
                case 'Q':
                    await GuardAsync(() => SimpleAsync(body, cancellationToken)).ConfigureAwait(false);
                    _skipsToSync = false;
                    EndOfRequest();
                    return true;
                case 'H':
                    return true;
                case 'P' or 'B' or 'D' or 'E' or 'C' or 'F':
                    await GuardAsync(() => ExtendedAsync(type, body, cancellationToken)).ConfigureAwait(false);
                    if (writer.WantsFlush)
                    {
                        return true;
                    }

                    break;
                case 'd' or 'c' or 'f':
                    // The rest of a COPY that was refused.
                    break;
                default:
                    throw new ProtocolException("a message is of an unknown type");
            }
        }

        return false;
    }

    private void EndOfRequest()
    {
        if (_state.Status == 'I')
        {
            _extended.ClosePortals();
        }

        _isIdle = true;
        writer.ReadyForQuery(_state.Status);
    }

    /// <summary>Runs a text of several statements. The text is parsed as a whole before any of it runs.</summary>
    private async ValueTask SimpleAsync(byte[] body, CancellationToken cancellationToken)
    {
        var statements = Parser.Parse(new MessageBody(body).Text());
        if (statements.Count == 0)
        {
            writer.Bare('I');
        }

        foreach (var statement in statements)
        {
            Begin(statement);
            using var result = await _state.RunAsync(statement, [], null).ConfigureAwait(false);
            if (result.Columns.Count > 0)
            {
                writer.RowDescription(result.Columns, _ => false);
            }

            await writer.RowsAsync(result, _ => false, 0, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ExtendedAsync(char type, byte[] body, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case 'P':
                _extended.Parse(body);
                break;
            case 'B':
                _extended.Bind(body);
                break;
            case 'D':
                await _extended.DescribeAsync(body, _state).ConfigureAwait(false);
                break;
            case 'E':
                await _extended.ExecuteAsync(body, _state, Begin, cancellationToken).ConfigureAwait(false);
                break;
            case 'C':
                _extended.Close(body);
                break;
            default:
                throw new StatementException(SqlState.FeatureNotSupported, "function calls are not supported");
        }
    }

    private void Begin(Statement statement)
    {
        Log.StatementBegun(logger, process, statement.Kind);
        if (statement is SessionControl { ForgetsPrepared: true })
        {
            _extended.ForgetPrepared();
        }
    }

    /// <summary>Runs what a message asks for. A refusal goes to the client, and the session goes on.</summary>
    private async ValueTask GuardAsync(Func<ValueTask> work)
    {
        try
        {
            if (_isIdle)
            {
                // Later, between the messages of one request, a cancel is meant for what the request goes on with.
                _state.Cancel.Reset();
                _isIdle = false;
            }

            await work().ConfigureAwait(false);
        }
        catch (StatementException e)
        {
            Refuse(e);
        }
        catch (Exception e) when (e is not (ProtocolException or OperationCanceledException or IOException))
        {
            Log.InternalError(logger, process, e.GetType().Name, Log.PlaceOf(e));
            Refuse(new StatementException(SqlState.Internal, "internal error of the emulator"));
        }
    }

    private void Refuse(StatementException e)
    {
        Log.Refused(logger, process, e.SqlState);
        writer.Error(e);
        _state.Fail();
        _skipsToSync = true;
    }
}
