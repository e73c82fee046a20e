using System.Buffers;
using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>An answer that came whole, in a buffer of the shared pool.</summary>
internal sealed class Answer(HttpStatusCode status, string? mediaType, byte[] buffer, int length) : IDisposable
{
    private byte[]? _buffer = buffer;

    public HttpStatusCode Status => status;

    public string? MediaType => mediaType;

    public int Length => length;

    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, length);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(Answer));

    /// <summary>Gives the buffer away, with the duty to return it to the pool.</summary>
    public byte[] Detach()
    {
        var detached = Buffer;
        _buffer = null;
        return detached;
    }

    public void Dispose()
    {
        if (_buffer is { } held)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(held);
        }
    }
}
