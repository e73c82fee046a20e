namespace DeltaStream.Benchmarks.Read;

/// <summary>What came out for one way and one number of partitions.</summary>
/// <param name="Way">The way's name.</param>
/// <param name="Partitions">How many partitions were read.</param>
/// <param name="Rows">How many rows that were.</param>
/// <param name="Seconds">The median time of the reads.</param>
/// <param name="Allocated">The bytes that one read allocates, those of the server in the same process among them.</param>
/// <param name="LiveHeap">The most bytes that were reachable after any partition, beyond those before any read.</param>
internal sealed record ReadResult(string Way, int Partitions, long Rows, double Seconds, long Allocated, long LiveHeap);
