using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Hosting;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Protocol;

/// <summary>One client that was let in: takes its messages one after the other until it goes.</summary>
internal sealed class Session : IDisposable
{
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;
    private readonly SessionState _state;
    private readonly SimpleQuery _simple;
    private readonly ExtendedQuery _extended;
    private readonly ILogger _logger;
    private readonly int _process;
    private bool _skipsToSync;

    public Session(
        MessageReader reader,
        MessageWriter writer,
        StatementExecutor executor,
        Role role,
        int process,
        ILogger logger
    )
    {
        _reader = reader;
        _writer = writer;
        _process = process;
        _logger = logger;
        _state = new SessionState(executor, role, writer);
        _simple = new SimpleQuery(_state, writer);
        _extended = new ExtendedQuery(_state, writer);
    }

    public void CancelStatement() => _state.Cancel.Cancel();

    public void CancelForGood() => _state.Cancel.CancelForGood();

    public void Greet(int secret, StartupMessage client)
    {
        if (client.MinorVersion > 0 || client.ProtocolOptions.Count > 0)
        {
            _writer.NegotiateVersion(0, client.ProtocolOptions);
        }

        _writer.ParameterStatus("server_version", EmulatorIdentity.ServerVersion);
        _writer.ParameterStatus("server_encoding", "UTF8");
        _writer.ParameterStatus("client_encoding", "UTF8");
        _writer.ParameterStatus("DateStyle", "ISO, MDY");
        _writer.ParameterStatus("TimeZone", "UTC");
        _writer.ParameterStatus("integer_datetimes", "on");
        _writer.ParameterStatus("standard_conforming_strings", "on");
        _writer.BackendKey(_process, secret);
        _writer.ReadyForQuery(_state.Status);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (
            await _writer.FlushAsync(cancellationToken).ConfigureAwait(false)
            && await NextAsync(cancellationToken).ConfigureAwait(false)
        ) { }
    }

    public void Dispose() => _extended.Dispose();

    /// <summary>Takes messages up to one that is to be answered at once; false when the client is gone.</summary>
    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) is var (type, body))
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
                    if (_writer.WantsFlush)
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

        _writer.ReadyForQuery(_state.Status);
    }

    private ValueTask SimpleAsync(byte[] body, CancellationToken cancellationToken)
    {
        var text = new MessageBody(body).Text();
        return _simple.RunAsync(text, Begin, cancellationToken);
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
                _extended.Describe(body);
                break;
            case 'E':
                await _extended.ExecuteAsync(body, Begin, cancellationToken).ConfigureAwait(false);
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
        Log.StatementBegun(_logger, _process, statement.Kind);
        if (statement is SessionControl { ForgetsPrepared: true })
        {
            _extended.ForgetPrepared();
        }
    }

    /// <summary>Runs what a message asks for; a refusal goes to the client and the session goes on.</summary>
    private async ValueTask GuardAsync(Func<ValueTask> work)
    {
        try
        {
            _state.Cancel.Reset();
            await work().ConfigureAwait(false);
        }
        catch (StatementException e)
        {
            Refuse(e);
        }
        catch (Exception e) when (e is not (ProtocolException or OperationCanceledException or IOException))
        {
            var place = e.StackTrace?.Split('\n')[0].Trim();
            Log.InternalError(_logger, _process, e.GetType().Name, place);
            Refuse(new StatementException(SqlState.Internal, "internal error of the emulator"));
        }
    }

    private void Refuse(StatementException e)
    {
        Log.Refused(_logger, _process, e.SqlState);
        _writer.Error(e);
        _state.Fail();
        _skipsToSync = true;
    }
}
