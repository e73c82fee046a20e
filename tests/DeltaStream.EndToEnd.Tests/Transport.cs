using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The ways to the service. What the client promises holds over each.</summary>
public enum Transport
{
    /// <summary>The PostgreSQL protocol, by Npgsql.</summary>
    Postgres,

    /// <summary>The REST API, by the project's own provider.</summary>
    Rest,
}

/// <summary>The cases of the theories.</summary>
public static class Transports
{
    public static TheoryData<Transport> All => [.. Enum.GetValues<Transport>()];

    /// <summary>Every subtype over every transport; a spec that the tests have no case for fails them.</summary>
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
