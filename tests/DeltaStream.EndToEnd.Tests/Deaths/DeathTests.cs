using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using DeltaStream.Apply.Child;
using DeltaStream.Data;
using DeltaStream.Data.Secrets;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests.Deaths;

/// <summary>
/// A process that plans and applies is killed (SIGKILL) at each message and at each step of saving its state, and started again:
/// the stores are as declared, nothing was created or dropped twice, nothing is untracked, and no file shows a secret.
/// </summary>
public sealed class DeathTests : IDisposable
{
    private const int ProcessesAtOnce = 4;
    private const string Token = "no-secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("deltastream-deaths-").FullName;
    private DeltaStreamEmulator _emulator = null!;
    private Transport _transport;
    private string _scenario = "";

    public static TheoryData<string, Transport> Rows
    {
        get
        {
            var rows = new TheoryData<string, Transport>();
            foreach (var (scenario, transport) in DeathTable.Rows)
            {
                rows.Add(scenario, transport);
            }

            return rows;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Killed_at_any_point_and_started_again_it_ends_in_the_declared_state(
        string scenario,
        Transport transport
    )
    {
        (_scenario, _transport) = (scenario, transport);
        var data = Path.Combine(_folder, "emulator.db");
        var verdicts = new ConcurrentBag<(DeathPoint Point, bool Died, List<string> Wrong)>();
        int points;
        await using (_emulator = await StartAsync(data))
        {
            await SeedAsync("wanted ", Of("wanted ").Wanted);
            var (died, messages, steps, fault) = await RunAsync(new DeathPoint(DeathKind.None, 0));
            Assert.Equal((false, ""), (died, string.Join('\n', fault)));
            var all = DeathPoint.All(messages, steps).ToList();
            points = all.Count;
            await Parallel.ForEachAsync(
                DeathTable.Chosen(scenario, transport, all),
                new ParallelOptions { MaxDegreeOfParallelism = ProcessesAtOnce },
                async (point, _) =>
                {
                    var (died, _, _, wrong) = await RunAsync(point);
                    verdicts.Add((point, died, wrong));
                }
            );
        }

        var parameters = Parameters(data);
        foreach (var (point, _, wrong) in verdicts)
        {
            wrong.AddRange(
                Of(point.Prefix)
                    .Wanted.Select(s => s.Name)
                    .Where(name => parameters[name] != parameters["wanted " + name[point.Prefix.Length..]])
                    .Select(name => $"the values of '{name}' are not as declared: {parameters[name]}")
            );
        }

        var deaths = verdicts.Count(v => v.Died);
        var faults = verdicts.Where(v => v.Wrong.Count > 0).ToList();
        DeathTable.Fill(scenario, transport, points, verdicts.Count, deaths, faults.Count);
        Assert.True(
            faults.Count == 0,
            $"{faults.Count} of {verdicts.Count} are wrong:\n{string.Join('\n', faults.Select(f => $"{f.Point}: {string.Join("; ", f.Wrong)}"))}"
        );
        // Stores race each other, so a run may have fewer messages than the one that was counted, and end before its point.
        Assert.InRange(deaths, (verdicts.Count + 1) / 2, verdicts.Count);
    }

    // Three polls of a fast client, so that a process can be killed between two of them.
    private static Task<DeltaStreamEmulator> StartAsync(string data) =>
        DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions
            {
                NoAuth = true,
                DataFile = data,
                ProvisionDelay = TimeSpan.FromMilliseconds(250),
            }
        );

    private static StoreClient ClientOf(DbDataSource dataSource) =>
        new(dataSource, new StoreClientOptions { TimeProvider = new FastTime() });

    private Scenario Of(string prefix) => Scenario.Named(_scenario, prefix);

    private async Task SeedAsync(string state, StoreArgs[] stores)
    {
        await using var dataSource = DbDataSourceOf(Connection(Server.Port));
        using var file = StoreStateFile.Open(Path.Combine(_folder, state));
        var client = ClientOf(dataSource);
        var result = await client.ApplyAsync(
            await client.PlanAsync(stores, file.State),
            new StoreApplyOptions { SaveState = file.SaveAsync }
        );
        result.ThrowIfFailed();
    }

    /// <summary>Applies what was before, runs a process to its death, starts again, and says what is wrong then.</summary>
    private async Task<(bool Died, int Messages, int Steps, List<string> Wrong)> RunAsync(DeathPoint point)
    {
        var scenario = Of(point.Prefix);
        if (scenario.Before.Length > 0)
        {
            await SeedAsync(point.Prefix, scenario.Before);
        }

        var relay = new DeathRelay(
            Server,
            (message, carried) =>
                message == point.Number && point.Kind == (carried ? DeathKind.After : DeathKind.Before)
        );
        relay.Start();
        using var child = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    // With the libraries of the tests, of which a framework of the tests has some.
                    "exec",
                    "--runtimeconfig",
                    Path.ChangeExtension(typeof(DeathTests).Assembly.Location, ".runtimeconfig.json"),
                    "--depsfile",
                    Path.ChangeExtension(typeof(DeathTests).Assembly.Location, ".deps.json"),
                    typeof(Scenario).Assembly.Location,
                    _scenario,
                    point.Prefix,
                    Path.Combine(_folder, point.Prefix),
                    Connection(relay.Port),
                    point.Kind == DeathKind.Step ? point.Number.ToString(CultureInfo.InvariantCulture) : "0",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        relay.KillAsync = () =>
        {
            child.Kill();
            return child.WaitForExitAsync();
        };
        var error = child.StandardError.ReadToEndAsync();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        await relay.DisposeAsync();

        const int Killed = 128 + 9;
        if (child.ExitCode is not (0 or Killed))
        {
            return (false, relay.Messages, 0, [$"the process failed: {await error}"]);
        }

        var died = child.ExitCode == Killed;
        var redaction = new Redaction(() => Scenario.Secrets);
        foreach (var path in Directory.GetFiles(_folder, point.Prefix + "*"))
        {
            var text = await File.ReadAllTextAsync(path);
            Assert.Equal(redaction.Redact(text), text);
        }

        return (
            died,
            relay.Messages,
            died ? 0 : int.Parse(output, CultureInfo.InvariantCulture),
            await StartAgainAsync(point, scenario, relay)
        );
    }

    private async Task<List<string>> StartAgainAsync(DeathPoint point, Scenario scenario, DeathRelay before)
    {
        var relay = new DeathRelay(Server, (_, _) => false);
        relay.Start();
        List<string> wrong = [];
        await using (var dataSource = DbDataSourceOf(Connection(relay.Port)))
        {
            using var file = StoreStateFile.Open(Path.Combine(_folder, point.Prefix));
            var client = ClientOf(dataSource);
            var plan = await client.PlanAsync(scenario.Wanted, file.State, scenario.Options);
            var result = await client.ApplyAsync(plan, new StoreApplyOptions { SaveState = file.SaveAsync });
            if (!result.IsDone)
            {
                wrong.Add($"not done: {result}");
            }

            var again = await client.PlanAsync(scenario.Wanted, file.State, scenario.Options);
            if (!again.IsEmpty)
            {
                wrong.Add($"the next plan is not empty: {again}");
            }

            var stores = await client
                .ListAsync()
                .Where(s => s.Name.StartsWith(point.Prefix, StringComparison.Ordinal))
                .ToListAsync();
            Compare("the ready stores", stores.Where(s => s.IsReady).Select(s => s.Name));
            Compare("the stores", stores.Select(s => s.Name));
            Compare("the known stores", file.State.Stores.Keys);
        }

        await relay.DisposeAsync();
        foreach (var name in scenario.Before.Concat(scenario.Declared).Select(s => s.Name).Distinct())
        {
            var (was, becomes) = (SubtypeIn(scenario.Before, name), SubtypeIn(scenario.Wanted, name));
            var (created, dropped) = (Heard("CREATE STORE", name), Heard("DROP STORE", name));
            var isBack = scenario.Wanted != scenario.Declared;
            // On the way back it depends on the point how far the way was.
            var isRight = isBack
                ? created - dropped == (becomes is null ? 0 : 1) - (was is null ? 0 : 1)
                    && relay.Heard("CREATE STORE", name) <= 1
                    && before.Heard("CREATE STORE", name) <= 1
                : (created, dropped)
                    == (becomes is not null && was != becomes ? 1 : 0, was is not null && was != becomes ? 1 : 0);
            if (!isRight)
            {
                wrong.Add($"'{name}' was created {created} and dropped {dropped} times");
            }

            if (isBack && before.Heard("UPDATE STORE", name) > relay.Heard("UPDATE STORE", name))
            {
                wrong.Add($"'{name}' was updated before the death and not updated back");
            }
        }

        return wrong;

        void Compare(string what, IEnumerable<string> names)
        {
            var wanted = scenario.Wanted.Select(s => s.Name).Order(StringComparer.Ordinal).ToList();
            var found = names.Order(StringComparer.Ordinal).ToList();
            if (!found.SequenceEqual(wanted))
            {
                wrong.Add($"{what} are [{string.Join(", ", found)}], not [{string.Join(", ", wanted)}]");
            }
        }

        int Heard(string statement, string name) => before.Heard(statement, name) + relay.Heard(statement, name);
    }

    private static StoreSubtype? SubtypeIn(StoreArgs[] stores, string name) =>
        stores.FirstOrDefault(s => s.Name == name)?.Subtype;

    private IPEndPoint Server => _transport == Transport.Postgres ? _emulator.PostgresEndpoint : _emulator.HttpEndpoint;

    private string Connection(int port) =>
        _transport == Transport.Postgres
            ? new NpgsqlConnectionStringBuilder(_emulator.PostgresConnectionString) { Port = port }.ConnectionString
            : $"Server={new UriBuilder(_emulator.ServerUri) { Port = port }.Uri};Token={Token}";

    private DbDataSource DbDataSourceOf(string connection) =>
        _transport == Transport.Postgres
            ? DeltaStreamNpgsql.CreateDataSource(connection)
            : DeltaStreamDataSource.Create(connection);

    /// <summary>What the emulator keeps of each store, secrets as digests under its own key.</summary>
    private static Dictionary<string, string> Parameters(string data)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = data, Pooling = false }.ConnectionString
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, parameters FROM stores";
        using var reader = command.ExecuteReader();
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            using var json = JsonDocument.Parse(reader.GetString(1));
            parameters[reader.GetString(0)] = string.Join(
                ", ",
                json.RootElement.EnumerateObject().Select(p => $"{p.Name}: {p.Value}").Order(StringComparer.Ordinal)
            );
        }

        return parameters;
    }
}
