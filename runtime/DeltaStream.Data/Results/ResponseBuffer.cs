using System.Buffers;

namespace DeltaStream.Data.Results;

/// <summary>
/// The buffers that hold responses. The shared pool lends those of up to 1 MiB. A larger one is just as large as needed, and the
/// garbage collector takes it: the pool would double its size and keep it.
/// </summary>
internal static class ResponseBuffer
{
    public const int LargestShared = 1024 * 1024;

    public static byte[] Rent(int length) =>
        length <= LargestShared ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestShared)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
