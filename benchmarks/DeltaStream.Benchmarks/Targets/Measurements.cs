using BenchmarkDotNet.Reports;

namespace DeltaStream.Benchmarks.Targets;

/// <summary>The results of a run by method.</summary>
internal sealed class Measurements(IEnumerable<Summary> summaries)
{
    private readonly BenchmarkReport[] _reports = [.. summaries.SelectMany(s => s.Reports)];

    /// <summary>The median in nanoseconds; a neighbour on the machine moves it less than the mean.</summary>
    public double Nanoseconds(Type type, string method) => Find(type, method).ResultStatistics!.Median;

    /// <summary>The bytes that one call allocates.</summary>
    public long Bytes(Type type, string method)
    {
        var report = Find(type, method);
        return report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)
            ?? throw new InvalidOperationException($"The allocations of {type.Name}.{method} were not measured.");
    }

    private BenchmarkReport Find(Type type, string method) =>
        _reports.Single(r =>
            r.BenchmarkCase.Descriptor.Type == type && r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method
        );
}
