using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using DeltaStream.Apply.Child;
using DeltaStream.Data;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;

// Plans and applies a scenario with a state in a file, so that a test can kill it. It kills itself, with SIGKILL, at a step of
// what it does to files, and otherwise prints how many steps there were.
var scenario = Scenario.Named(args[0], prefix: args[1]);
var (path, connection) = (args[2], args[3]);
var last = int.Parse(args[4], CultureInfo.InvariantCulture);
var steps = 0;

await using DbDataSource dataSource = connection.StartsWith("Server=", StringComparison.Ordinal)
    ? DeltaStreamDataSource.Create(connection)
    : DeltaStreamNpgsql.CreateDataSource(connection);
using var file = StoreStateFile.Open(path, key: null, Step);
var client = new StoreClient(dataSource, new StoreClientOptions { TimeProvider = new FastTime() });
var plan = await client.PlanAsync(scenario.Declared, file.State, scenario.Options);
var result = await client.ApplyAsync(plan, new StoreApplyOptions { SaveState = SaveAsync });
result.ThrowIfFailed();
Console.WriteLine(steps);

async ValueTask SaveAsync(StoreState state, CancellationToken cancellationToken)
{
    Step();
    await file.SaveAsync(state, cancellationToken);
}

void Step()
{
    if (++steps == last)
    {
        Process.GetCurrentProcess().Kill();
    }
}
