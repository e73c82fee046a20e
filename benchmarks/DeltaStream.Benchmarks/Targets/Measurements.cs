using BenchmarkDotNet.Reports;

namespace DeltaStream.Benchmarks.Targets;

/// <summary>The results of a run by method.</summary>
internal sealed class Measurements(Summary summary)
{
    private readonly BenchmarkReport[] _reports = [.. summary.Reports];

    /// <summary>The median in nanoseconds; a neighbour on the machine moves it less than the mean.</summary>
    public double Nanoseconds(Type type, string method) => Find(type, method).ResultStatistics!.Median;

    /// <summary>The median in nanoseconds of a method that was measured with several parameters.</summary>
    public double Nanoseconds(Type type, string method, string parameter, object value) =>
        _reports
            .Single(r =>
                IsOf(r, type, method)
                && r.BenchmarkCase.Parameters.Items.Any(p => p.Name == parameter && p.Value.Equals(value))
            )
            .ResultStatistics!.Median;

    /// <summary>The bytes that one call allocates.</summary>
    public long Bytes(Type type, string method)
    {
        var report = Find(type, method);
        return report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)
            ?? throw new InvalidOperationException($"The allocations of {type.Name}.{method} were not measured.");
    }

    private BenchmarkReport Find(Type type, string method) => _reports.Single(r => IsOf(r, type, method));

    private static bool IsOf(BenchmarkReport report, Type type, string method) =>
        report.BenchmarkCase.Descriptor.Type == type && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method;
}
