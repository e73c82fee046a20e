using System.Buffers;

namespace DeltaStream.Data.Results;

/// <summary>The rows of one partition, as they came: a JSON array of rows, each an array of strings and nulls, in UTF-8.</summary>
/// <param name="buffer">A buffer of the shared pool, which is given back when the partition is disposed of.</param>
/// <param name="rows">Where the rows are in it; empty when the answer had no data.</param>
internal sealed class Partition(byte[] buffer, ReadOnlyMemory<byte> rows) : IDisposable
{
    private byte[]? _buffer = buffer;

    public ReadOnlyMemory<byte> Rows { get; private set; } = rows;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            Rows = default;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
