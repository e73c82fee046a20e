using DeltaStream.TestSupport;

namespace DeltaStream.Clients.Tests.Programs;

/// <summary>
/// A test of a client that is a program of its own. Where it is not installed the test is skipped, unless
/// <c>DELTASTREAM_TEST_REQUIRE_CLIENTS=1</c> says that it must run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string client)
    {
        Client = client;
        var program = ClientProgram.All.Single(p => p.Name == client);
        Skip = OtherPrograms.Missing(client, () => program.IsInstalled);
    }

    public string Client { get; }
}
