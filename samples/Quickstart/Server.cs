using DeltaStream.Emulator;

namespace Quickstart;

/// <summary>
/// The DeltaStream that the sample uses: the one in <c>DELTASTREAM_SERVER</c>, over its REST API; the one in
/// <c>DELTASTREAM_CONNECTION</c>, over the PostgreSQL protocol; or a local one that the sample starts.
/// </summary>
internal sealed class Server(string connectionString, DeltaStreamEmulator? emulator) : IAsyncDisposable
{
    private const string Rest = "DELTASTREAM_SERVER";
    private const string Postgres = "DELTASTREAM_CONNECTION";

    /// <summary>Whether the environment says to use REST.</summary>
    public bool IsRest => Environment.GetEnvironmentVariable(Rest) is { Length: > 0 };

    /// <summary>How Npgsql connects; empty over REST.</summary>
    public string ConnectionString { get; } = connectionString;

    /// <summary>Whether the sample started it. Then it knows which credentials are right.</summary>
    public bool IsOwn => emulator is not null;

    public string Description =>
        IsRest ? $"Over DeltaStream's REST API to {Environment.GetEnvironmentVariable(Rest)}"
        : emulator is null ? $"Over PostgreSQL's protocol to the server that {Postgres} names"
        : $"Over PostgreSQL's protocol to a local DeltaStream at {emulator.PostgresEndpoint} (set {Rest} or {Postgres} to use another one)";

    public static async Task<Server> ConnectAsync()
    {
        if (Environment.GetEnvironmentVariable(Rest) is { Length: > 0 })
        {
            return new Server(string.Empty, null);
        }

        if (Environment.GetEnvironmentVariable(Postgres) is { Length: > 0 } connectionString)
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
