using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Limits;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// Takes messages off a connection, one at a time. Nothing is set aside for a length that a client only claims: memory
/// grows with what has arrived.
/// </summary>
internal sealed class MessageReader(PipeReader input, MemoryShare memory)
{
    // What every connection may hold, beside what all may hold together.
    private const int Free = 64 * 1024;

    // PostgreSQL's own limit for the first message.
    private const int LongestStartup = 10_000;

    // Before the password is proven nothing long is needed.
    private const int LongestUnproven = 64 * 1024;

    // Three files of a megabyte each, as base64, fit.
    private const int Longest = 8 * 1024 * 1024;

    /// <summary>The client has proven who it is: longer messages are taken.</summary>
    public bool Trusted { get; set; }

    /// <summary>
    /// The body of a message without a type, which a connection begins with; null when the client is gone.
    /// </summary>
    public async ValueTask<byte[]?> ReadStartupAsync(CancellationToken cancellationToken) =>
        await ReadBodyAsync(0, LongestStartup, cancellationToken).ConfigureAwait(false);

    /// <summary>The next message; null when the client is gone.</summary>
    public async ValueTask<(char Type, byte[] Body)?> ReadAsync(CancellationToken cancellationToken)
    {
        // The message before was dealt with.
        memory.Release();
        var header = await ReadAtLeastAsync(1, cancellationToken).ConfigureAwait(false);
        if (header is not { } buffer)
        {
            return null;
        }

        var type = (char)buffer.FirstSpan[0];
        input.AdvanceTo(buffer.Start);
        var body = await ReadBodyAsync(1, Trusted ? Longest : LongestUnproven, cancellationToken).ConfigureAwait(false);
        return body is null ? null : (type, body);
    }

    /// <summary>Reads a length, which counts itself, and what it covers, after so many bytes to skip.</summary>
    private async ValueTask<byte[]?> ReadBodyAsync(int skip, int longest, CancellationToken cancellationToken)
    {
        var header = await ReadAtLeastAsync(skip + 4, cancellationToken).ConfigureAwait(false);
        if (header is not { } start)
        {
            return null;
        }

        var length = Length(start.Slice(skip));
        input.AdvanceTo(start.Start);
        if (length < 4 || length > longest)
        {
            throw new ProtocolException("invalid length of a message");
        }

        var whole = await ReadAtLeastAsync(skip + length, cancellationToken).ConfigureAwait(false);
        if (whole is not { } buffer)
        {
            return null;
        }

        var message = buffer.Slice(0, skip + length);
        var body = message.Slice(skip + 4).ToArray();
        input.AdvanceTo(message.End);
        return body;
    }

    private async ValueTask<ReadOnlySequence<byte>?> ReadAtLeastAsync(int size, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.Length >= size)
            {
                return result.Buffer;
            }

            if (result.IsCompleted)
            {
                input.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.Buffer.Length > Free && !memory.TryHold(result.Buffer.Length))
            {
                throw new StatementException(SqlState.InsufficientResources, MemoryBudget.Exceeded);
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static int Length(ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[4];
        buffer.Slice(0, 4).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes);
    }
}
