using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// Agrees to TLS with a client that asks for it, before its first message. The server does the handshake then, and the protocol
/// begins again inside.
/// </summary>
internal sealed class TlsNegotiation(CancellationToken stopping)
{
    private const int RequestSize = 8;

    public async Task OnConnectedAsync(ConnectionContext connection, ConnectionDelegate tls, ConnectionDelegate plain)
    {
        var wantsTls = false;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, connection.ConnectionClosed);
            limit.CancelAfter(PostgresConnectionHandler.LoginLimit);
            wantsTls = await WantsTlsAsync(connection.Transport.Input, connection.Transport.Output, limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client is gone or too slow, or the emulator stops.
            return;
        }

        await (wantsTls ? tls : plain)(connection).ConfigureAwait(false);
    }

    private static async ValueTask<bool> WantsTlsAsync(
        PipeReader input,
        PipeWriter output,
        CancellationToken cancellationToken
    )
    {
        // A client may ask for GSS encryption first, once.
        for (var asked = 0; ; asked++)
        {
            var read = await input.ReadAtLeastAsync(RequestSize, cancellationToken).ConfigureAwait(false);
            var code = CodeOf(read.Buffer);
            if (code != Startup.SslRequest && (code != Startup.GssEncryptionRequest || asked > 0))
            {
                // What is not for here stays unread.
                input.AdvanceTo(read.Buffer.Start);
                return false;
            }

            input.AdvanceTo(read.Buffer.GetPosition(RequestSize));
            var isAgreed = code == Startup.SslRequest;
            await output.WriteAsync((isAgreed ? "S"u8 : "N"u8).ToArray(), cancellationToken).ConfigureAwait(false);
            if (isAgreed)
            {
                return true;
            }
        }
    }

    /// <summary>The code of a request for encryption, which has nothing but its length and its code; 0 for another message.</summary>
    private static int CodeOf(ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[RequestSize];
        if (buffer.Length < RequestSize)
        {
            return 0;
        }

        buffer.Slice(0, RequestSize).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes) == RequestSize
            ? BinaryPrimitives.ReadInt32BigEndian(bytes[4..])
            : 0;
    }
}
