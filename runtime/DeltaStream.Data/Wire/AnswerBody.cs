using System.Buffers;

namespace DeltaStream.Data.Wire;

/// <summary>Reads a body into a buffer of the shared pool.</summary>
internal static class AnswerBody
{
    /// <summary>What one answer may have, in bytes: 256 MiB. A partition is held in memory as a whole.</summary>
    public const int Limit = 256 * 1024 * 1024;

    private const int FirstGuess = 16 * 1024;

    private const int MostAtOnce = 1024 * 1024;

    /// <returns>The buffer, to be returned to the pool, and how much of it is used; more than the limit says that the body has more.</returns>
    public static async ValueTask<(byte[] Buffer, int Length)> ReadAsync(
        HttpContent content,
        int limit,
        bool async,
        CancellationToken cancellationToken
    )
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit)
        {
            return ([], limit + 1);
        }

        var stream = async
            ? await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)
            : content.ReadAsStream(cancellationToken);
        // One byte more than announced, so that the end shows without growing; but no large buffer for an announcement alone.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced + 1 ?? FirstGuess, MostAtOnce));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    Grow(ref buffer, length, limit);
                }

                var count = async
                    ? await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)
                    : stream.Read(buffer, length, buffer.Length - length);
                length += count;
                if (count == 0 || length > limit)
                {
                    return (buffer, length);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static void Grow(ref byte[] buffer, int length, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
