using System.Data.Common;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>The client of the SDK.</summary>
internal sealed class ClientWay(string name, DbDataSource source) : IGetWay
{
    private readonly StoreClient _client = new(source);

    public string Name => name;

    public Task<Store?> GetAsync(string name) => _client.GetAsync(name);
}
