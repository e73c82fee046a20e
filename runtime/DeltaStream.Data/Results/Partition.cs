namespace DeltaStream.Data.Results;

/// <summary>The rows of one partition: a JSON array of rows in UTF-8, each row an array of strings and nulls.</summary>
/// <param name="buffer">A <see cref="ResponseBuffer"/>. The partition returns it when it is disposed of.</param>
/// <param name="rows">The rows in the buffer; empty without rows.</param>
internal sealed class Partition(byte[] buffer, ArraySegment<byte> rows) : IDisposable
{
    private byte[]? _buffer = buffer;

    public ArraySegment<byte> Rows { get; private set; } = rows;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            Rows = default;
            ResponseBuffer.Return(buffer);
        }
    }
}
