using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The transports to the service. The client keeps its promises over each.</summary>
public enum Transport
{
    /// <summary>The PostgreSQL protocol, with Npgsql.</summary>
    Postgres,

    /// <summary>The REST API, with this project's own provider.</summary>
    Rest,
}

/// <summary>The cases of the theories.</summary>
public static class Transports
{
    public static TheoryData<Transport> All => [.. Enum.GetValues<Transport>()];

    /// <summary>Every subtype over every transport. A spec without a case fails the tests.</summary>
    public static TheoryData<string, Transport> BySubtype
    {
        get
        {
            var cases = new TheoryData<string, Transport>();
            foreach (var subtype in StoreSubtypes.All)
            {
                foreach (var transport in Enum.GetValues<Transport>())
                {
                    cases.Add(subtype.Name, transport);
                }
            }

            return cases;
        }
    }
}
