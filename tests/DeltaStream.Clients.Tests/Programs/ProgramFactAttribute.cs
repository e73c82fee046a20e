namespace DeltaStream.Clients.Tests.Programs;

/// <summary>
/// A test of a client that is a program of its own. Where it is not installed the test is skipped, unless
/// <c>DELTASTREAM_TEST_REQUIRE_CLIENTS=1</c> says that it must run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    private const string Require = "DELTASTREAM_TEST_REQUIRE_CLIENTS";

    public ProgramFactAttribute(string client)
    {
        Client = client;
        var program = ClientProgram.All.Single(p => p.Name == client);
        if (Environment.GetEnvironmentVariable(Require) != "1" && !program.IsInstalled)
        {
            Skip = $"{client} is not installed; CONTRIBUTING.md says how. Set {Require}=1 to fail instead of skipping.";
        }
    }

    public string Client { get; }
}
