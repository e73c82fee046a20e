using DeltaStream.Sdk;

namespace XunitTests;

/// <summary>Somebody's code: it connects a customer's database, and leaves nothing behind when the login is wrong.</summary>
public sealed class Onboarding(StoreClient stores)
{
    public async Task<bool> AddAsync(string customer, string host, string password)
    {
        var store = new PostgresStoreArgs
        {
            Name = $"{customer}-billing",
            Uris = $"{host}/billing",
            Username = "reader",
            Password = password,
        };
        try
        {
            return (await stores.CreateAsync(store)).IsReady;
        }
        catch (StoreErroredException)
        {
            await stores.DeleteAsync(store.Name);
            return false;
        }
    }
}
