using System.Buffers;
using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>A whole response, in a buffer of the shared pool.</summary>
internal sealed class ServiceResponse : IDisposable
{
    /// <summary>The most bytes that a response may have: 256 MiB. A partition is in memory as a whole.</summary>
    public const int Limit = 256 * 1024 * 1024;

    private const int FirstGuess = 16 * 1024;
    private const int LargestGuess = 1024 * 1024;

    private byte[]? _buffer;

    private ServiceResponse(HttpResponseMessage response, byte[] buffer)
    {
        Status = response.StatusCode;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        _buffer = buffer;
    }

    public HttpStatusCode Status { get; }

    public string? MediaType { get; }

    /// <summary>How many bytes were read. A body that is longer than the limit has more than the limit.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, Math.Min(Length, Buffer.Length));

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(ServiceResponse));

    /// <summary>Reads a response's body, or a little more than the limit of it.</summary>
    public static async ValueTask<ServiceResponse> ReadAsync(
        HttpResponseMessage response,
        int limit,
        bool async,
        CancellationToken cancellationToken
    )
    {
        var announced = response.Content.Headers.ContentLength;
        if (announced > limit)
        {
            return new ServiceResponse(response, []) { Length = limit + 1 };
        }

        // A synchronous read takes no token: closing the connection ends it.
        using var registration = async
            ? default
            : cancellationToken.UnsafeRegister(static r => Abandon((HttpResponseMessage)r!), response);
        var stream = async
            ? await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)
            : response.Content.ReadAsStream(cancellationToken);
        // One byte more than announced, so that the end shows without growing. An announcement alone gets no large buffer.
        var read = new ServiceResponse(
            response,
            ArrayPool<byte>.Shared.Rent((int)Math.Min(announced + 1 ?? FirstGuess, LargestGuess))
        );
        try
        {
            int count;
            do
            {
                read.MakeRoom(limit);
                count = async
                    ? await stream.ReadAsync(read.Buffer.AsMemory(read.Length), cancellationToken).ConfigureAwait(false)
                    : stream.Read(read.Buffer.AsSpan(read.Length));
                read.Length += count;
            } while (count > 0 && read.Length <= limit);
            return read;
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

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

    private void MakeRoom(int limit)
    {
        if (Length == Buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Buffer.Length * 2L, limit + 1L));
            Body.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Buffer);
            _buffer = larger;
        }
    }

    // It runs on the thread of a timer, or of whoever cancels. An exception there would end the process.
    private static void Abandon(HttpResponseMessage response)
    {
        try
        {
            response.Dispose();
        }
        catch (Exception)
        {
            // The read under way tells how it ended.
        }
    }
}
