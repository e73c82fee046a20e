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
    private const int LengthSize = 4;

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
        (await ReadAsync(0, LongestStartup, cancellationToken).ConfigureAwait(false))?.Body;

    /// <summary>The next message; null when the client is gone.</summary>
    public ValueTask<(char Type, byte[] Body)?> ReadAsync(CancellationToken cancellationToken)
    {
        // The message before was dealt with.
        memory.Release();
        return ReadAsync(1, Trusted ? Longest : LongestUnproven, cancellationToken);
    }

    /// <summary>Reads a type of so many bytes, a length, which counts itself, and what it covers.</summary>
    private async ValueTask<(char Type, byte[] Body)?> ReadAsync(
        int typeSize,
        int longest,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            var bodyAt = typeSize + LengthSize;
            if (buffer.Length >= bodyAt)
            {
                var length = Length(buffer.Slice(typeSize));
                if (length < LengthSize || length > longest)
                {
                    throw new ProtocolException("invalid length of a message");
                }

                if (buffer.Length >= typeSize + length)
                {
                    var type = typeSize == 0 ? '\0' : (char)buffer.FirstSpan[0];
                    var message = buffer.Slice(0, typeSize + length);
                    var body = message.Slice(bodyAt).ToArray();
                    input.AdvanceTo(message.End);
                    return (type, body);
                }
            }

            if (result.IsCompleted)
            {
                input.AdvanceTo(buffer.End);
                return null;
            }

            if (buffer.Length > Free && !memory.TryHold(buffer.Length))
            {
                throw new StatementException(SqlState.InsufficientResources, MemoryBudget.Exceeded);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static int Length(ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[LengthSize];
        buffer.Slice(0, LengthSize).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes);
    }
}
