namespace DeltaStream.Benchmarks.Read;

/// <summary>One way to read the rows.</summary>
internal interface IReadWay
{
    string Name { get; }

    /// <summary>Whether it makes values of the cells. Then its totals are those of the others, or the run is void.</summary>
    bool MakesValues { get; }

    /// <summary>Reads all rows.</summary>
    /// <param name="partitions">How many partitions the result has.</param>
    /// <param name="passed">Called after each partition.</param>
    Task<Totals> ReadAsync(int partitions, Action passed);
}
