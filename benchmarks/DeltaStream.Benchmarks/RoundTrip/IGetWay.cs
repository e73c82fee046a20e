using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>A way to get one store.</summary>
internal interface IGetWay
{
    string Name { get; }

    Task<Store?> GetAsync(string name);
}
