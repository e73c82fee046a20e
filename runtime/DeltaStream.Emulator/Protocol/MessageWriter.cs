using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Protocol;

/// <summary>Writes the server's messages. They leave with <see cref="FlushAsync"/>.</summary>
internal sealed class MessageWriter(PipeWriter output)
{
    private const int FlushAbove = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new(256);

    public bool WantsFlush => output.UnflushedBytes > FlushAbove;

    /// <summary>Sends what was written; false when the client is gone.</summary>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken)
    {
        var result = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return !result.IsCompleted && !result.IsCanceled;
    }

    /// <summary>Refuses a request for encryption.</summary>
    public void RefuseEncryption() => output.Write("N"u8);

    public void Authentication(int step, ReadOnlySpan<byte> data = default)
    {
        Int32(step);
        _body.Write(data);
        End('R');
    }

    public void NegotiateVersion(int newestMinor, IReadOnlyList<string> unknownOptions)
    {
        Int32(newestMinor);
        Int32(unknownOptions.Count);
        foreach (var option in unknownOptions)
        {
            Text(option);
        }

        End('v');
    }

    public void ParameterStatus(string name, string value)
    {
        Text(name);
        Text(value);
        End('S');
    }

    public void BackendKey(int process, int secret)
    {
        Int32(process);
        Int32(secret);
        End('K');
    }

    public void ReadyForQuery(char status)
    {
        _body.Write([(byte)status]);
        End('Z');
    }

    public void Error(StatementException e) => Report('E', "ERROR", e.SqlState, e.Message, e.Hint);

    public void Fatal(string sqlState, string message) => Report('E', "FATAL", sqlState, message, null);

    public void Warning(string message) => Report('N', "WARNING", "01000", message, null);

    public void ParameterDescription(IReadOnlyList<int> types)
    {
        Int16((short)types.Count);
        foreach (var type in types)
        {
            Int32(type);
        }

        End('t');
    }

    public void RowDescription(IReadOnlyList<ResultColumn> columns, Func<int, bool> isBinary)
    {
        Int16((short)columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            var (oid, size) = WireType.Of(columns[i].Type);
            Text(columns[i].Name);
            Int32(0);
            Int16(0);
            Int32(oid);
            Int16(size);
            Int32(-1);
            Int16(isBinary(i) ? (short)1 : (short)0);
        }

        End('T');
    }

    private void DataRow(object?[] row, Func<int, bool> isBinary)
    {
        Int16((short)row.Length);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is not { } value)
            {
                Int32(-1);
                continue;
            }

            WireType.Write(_body, value, isBinary(i));
        }

        End('D');
    }

    /// <summary>Writes the rows of a result, at most so many unless 0, and its end. Returns false when rows are left.</summary>
    public async ValueTask<bool> RowsAsync(
        StatementResult result,
        Func<int, bool> isBinary,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var left = limit <= 0 ? long.MaxValue : limit;
        while (true)
        {
            // One thread for all rows: to start one takes longer than to compute what is sent at once.
            var isEnd = result.IsComputed
                ? await OwnThread.RunAsync(() => IsEnd(sends: true)).ConfigureAwait(false)
                : IsEnd(sends: false);
            if (isEnd)
            {
                Text(result.Tag);
                End('C');
                return true;
            }

            if (left == 0)
            {
                return false;
            }

            await SendAsync().ConfigureAwait(false);
        }

        // Writes rows up to the limit. What is worth sending it sends itself, or leaves. Returns whether there are no more.
        bool IsEnd(bool sends)
        {
            for (; left > 0 && (sends || !WantsFlush); left--)
            {
                if (WantsFlush)
                {
                    SendAsync().GetAwaiter().GetResult();
                }

                if (!result.TryRead(out var row))
                {
                    return true;
                }

                DataRow(row, isBinary);
            }

            return false;
        }

        async Task SendAsync()
        {
            if (!await FlushAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new IOException("the client is gone");
            }
        }
    }

    /// <summary>A message that is its type alone, such as ParseComplete.</summary>
    public void Bare(char type) => End(type);

    private void Report(char type, string severity, string sqlState, string message, string? hint)
    {
        Field('S', severity);
        Field('V', severity);
        Field('C', sqlState);
        Field('M', message);
        // No position: psql would print the line of the statement, secrets and all.
        if (hint is not null)
        {
            Field('H', hint);
        }

        _body.Write([(byte)0]);
        End(type);
    }

    private void Field(char code, string value)
    {
        _body.Write([(byte)code]);
        Text(value);
    }

    private void Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_body.GetSpan(2), value);
        _body.Advance(2);
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_body.GetSpan(4), value);
        _body.Advance(4);
    }

    private void Text(string value)
    {
        Encoding.UTF8.GetBytes(value.Replace("\0", "", StringComparison.Ordinal), _body);
        _body.Write([(byte)0]);
    }

    private void End(char type)
    {
        const int BodyAt = 5;
        var message = output.GetSpan(BodyAt + _body.WrittenCount);
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message[1..], _body.WrittenCount + 4);
        _body.WrittenSpan.CopyTo(message[BodyAt..]);
        output.Advance(BodyAt + _body.WrittenCount);
        _body.ResetWrittenCount();
    }
}
