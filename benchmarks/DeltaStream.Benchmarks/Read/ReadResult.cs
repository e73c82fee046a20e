namespace DeltaStream.Benchmarks.Read;

/// <summary>What came out for one way to read all partitions.</summary>
/// <param name="Way">The way's name.</param>
/// <param name="Nanoseconds">The median time, in nanoseconds a row. The server, which shares the cores, is in it.</param>
/// <param name="Allocated">The bytes that a row allocates, those of the server in the same process among them.</param>
/// <param name="LiveHeap">The most bytes that were reachable after any partition, beyond those before the first read.</param>
/// <param name="LiveHeapOfFew">The same for a tenth of the partitions.</param>
internal sealed record ReadResult(string Way, double Nanoseconds, double Allocated, long LiveHeap, long LiveHeapOfFew);
