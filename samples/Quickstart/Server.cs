using DeltaStream.Emulator;

namespace Quickstart;

/// <summary>The DeltaStream that the sample talks to: the one that <c>DELTASTREAM_CONNECTION</c> names, or one of its own.</summary>
internal sealed class Server(string connectionString, DeltaStreamEmulator? emulator) : IAsyncDisposable
{
    private const string Variable = "DELTASTREAM_CONNECTION";

    public string ConnectionString { get; } = connectionString;

    /// <summary>Whether it is the sample's own, which knows which credentials are right.</summary>
    public bool IsOwn => emulator is not null;

    public string Description =>
        emulator is null
            ? $"the server that {Variable} names"
            : $"a local DeltaStream at {emulator.PostgresEndpoint} (set {Variable} to use another one)";

    public static async Task<Server> ConnectAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connectionString)
        {
            return new Server(connectionString, null);
        }

        var emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions { ProvisionDelay = TimeSpan.FromSeconds(3), Accounts = Demo.Accounts }
        );
        return new Server(emulator.PostgresConnectionString, emulator);
    }

    public async ValueTask DisposeAsync()
    {
        if (emulator is not null)
        {
            await emulator.DisposeAsync();
        }
    }
}
