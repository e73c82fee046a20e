namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>A body that breaks off.</summary>
internal sealed class BrokenStream(Exception failure) : MemoryStream("{\"sqlState\":\"00000\","u8.ToArray())
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw failure;
    }
}
