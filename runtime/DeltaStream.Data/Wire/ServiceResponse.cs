using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>A whole response, in one buffer.</summary>
internal sealed class ServiceResponse : IDisposable
{
    private const int FirstGuess = 16 * 1024;

    // The chunks before the last one. They are full.
    private readonly List<byte[]> _chunks = [];
    private readonly HttpContentHeaders _headers;
    private byte[]? _buffer;

    // How many bytes of the buffer are filled.
    private int _filled;

    private ServiceResponse(HttpResponseMessage response, byte[] buffer)
    {
        Status = response.StatusCode;
        _headers = response.Content.Headers;
        _buffer = buffer;
    }

    public HttpStatusCode Status { get; }

    public string? MediaType => _headers.ContentType?.MediaType;

    /// <summary>How many bytes were read. A body that is longer than the limit has more than the limit.</summary>
    public int Length { get; private set; }

    /// <summary>The body; nothing of a body that is longer than the limit.</summary>
    public ReadOnlySpan<byte> Body => _filled == Length ? Buffer.AsSpan(0, Length) : [];

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(ServiceResponse));

    /// <summary>Reads a response's body, or one byte more than the limit of it.</summary>
    /// <remarks>
    /// The limit counts decompressed bytes as they arrive. A body that is too long never takes more memory than the limit and one
    /// chunk: only a body that is here as a whole gets a buffer of its size.
    /// </remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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
        var first = (int)Math.Min(announced + 1 ?? FirstGuess, ResponseBuffer.LargestShared);
        var read = new ServiceResponse(response, ResponseBuffer.Rent(first));
        try
        {
            int count;
            do
            {
                var room = read.MakeRoom(limit);
                count = async
                    ? await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false)
                    : stream.Read(room.Span);
                read._filled += count;
                read.Length += count;
            } while (count > 0 && read.Length <= limit);

            if (read.Length <= limit)
            {
                read.Join();
            }

            return read;
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    /// <summary>Gives the buffer away, with the duty to return it.</summary>
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
            _chunks.ForEach(ResponseBuffer.Return);
            _chunks.Clear();
            ResponseBuffer.Return(held);
        }
    }

    // Room in the last chunk, and in another one when it is full. It ends one byte after the limit.
    private Memory<byte> MakeRoom(int limit)
    {
        if (_filled == Buffer.Length)
        {
            var next = ResponseBuffer.Rent((int)Math.Min(Buffer.Length * 2L, ResponseBuffer.LargestShared));
            _chunks.Add(Buffer);
            (_buffer, _filled) = (next, 0);
        }

        return Buffer.AsMemory(_filled, (int)Math.Min(Buffer.Length - _filled, limit + 1L - Length));
    }

    // Puts the chunks into one buffer.
    private void Join()
    {
        if (_chunks.Count == 0)
        {
            return;
        }

        var whole = ResponseBuffer.Rent(Length);
        var at = 0;
        foreach (var chunk in _chunks)
        {
            chunk.CopyTo(whole, at);
            at += chunk.Length;
            ResponseBuffer.Return(chunk);
        }

        _chunks.Clear();
        Buffer.AsSpan(0, _filled).CopyTo(whole.AsSpan(at));
        ResponseBuffer.Return(Buffer);
        (_buffer, _filled) = (whole, Length);
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
