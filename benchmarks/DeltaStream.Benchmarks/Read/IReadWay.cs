namespace DeltaStream.Benchmarks.Read;

/// <summary>A way to read the orders of a number of partitions.</summary>
internal interface IReadWay
{
    string Name { get; }

    /// <summary>Reads everything.</summary>
    /// <param name="partitions">How many there are.</param>
    /// <param name="passed">Called when the rows of a partition have been read, while they are still held.</param>
    Task<Totals> ReadAsync(int partitions, Action passed);
}
