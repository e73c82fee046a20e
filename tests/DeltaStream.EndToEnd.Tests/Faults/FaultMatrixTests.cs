using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>
/// The fault matrix: operation x fault x executed or not x transport. In every cell the client says the one right thing: what
/// became of the statement, or that it is not known where nothing can prove it.
/// </summary>
public sealed class FaultMatrixTests : EndToEndTest
{
    private const int CellsAtOnce = 8;

    // So each time that the service notes is another one.
    private readonly FakeTimeProvider _serviceTime = new(DateTimeOffset.UnixEpoch)
    {
        AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
    };

    private readonly ConcurrentDictionary<string, bool> _kinds = new();

    // How often the faults of the emulator are to hit.
    private int _emulated;

    public static TheoryData<string, Transport> Rows
    {
        get
        {
            var rows = new TheoryData<string, Transport>();
            foreach (var operation in FaultMatrix.Operations)
            {
                foreach (var transport in Enum.GetValues<Transport>())
                {
                    rows.Add(operation, transport);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_client_is_right_about_every_fault(string operation, Transport transport)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var cells = FaultCells.Of(operation, transport);
        await using var relay = new Relay(Emulator.PostgresEndpoint);
        await using var postgres = DataSourceBy(relay);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var ways = new Ways(transport, relay, postgres, http, Watch.Canary());
        if (operation is not ("create" or "apply"))
        {
            await CreateAsync(cells);
        }

        var before = await StoresAsync();
        var said = new ConcurrentDictionary<FaultCell, (Exception? Failure, object? Result)>();
        await RunAllAsync(cells.Where(c => c.Kind is not (FaultKind.Catalog or FaultKind.Cancelled)));
        // Each fault hit, or a success would show nothing.
        Assert.Equal((_emulated, 0), (Emulator.Faults.Injected, relay.Armed));
        // What is said in these shows that the fault hit.
        await RunAllAsync(cells.Where(c => c.Kind is FaultKind.Catalog or FaultKind.Cancelled));
        var after = await StoresAsync();

        var verdicts = cells
            .Select(cell =>
                (
                    Cell: cell,
                    Wrong: Judge(
                        cell,
                        said[cell],
                        before.GetValueOrDefault(cell.Store),
                        after.GetValueOrDefault(cell.Store)
                    )
                )
            )
            .ToList();
        FaultMatrix.Fill(
            operation,
            transport,
            [.. verdicts.Select(v => (v.Cell, v.Wrong is null))],
            Stopwatch.GetElapsedTime(startedAt)
        );
        var wrong = verdicts.Where(v => v.Wrong is not null).Select(v => $"{v.Cell}: {v.Wrong}").ToList();
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {cells.Count} cells are false:\n{string.Join('\n', wrong.Take(20))}"
        );

        Task RunAllAsync(IEnumerable<FaultCell> some) =>
            Parallel.ForEachAsync(
                some,
                // Lists can't be told apart, so they come one by one.
                new ParallelOptions { MaxDegreeOfParallelism = operation == "list" ? 1 : CellsAtOnce },
                async (cell, _) => said[cell] = await RunAsync(cell, ways)
            );
    }

    [Fact]
    public void The_list_of_SQLSTATEs_has_all_that_Npgsql_knows() =>
        Assert.Empty(
            typeof(PostgresErrorCodes)
                .GetFields()
                .Select(f => (string)f.GetRawConstantValue()!)
                .Except(FaultCells.PostgresStates())
        );

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            // Thousands of connections are made, and each proof of a password takes some milliseconds.
            NoAuth = true,
            TimeProvider = _serviceTime,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
        };

    // By SQL alone, many at once.
    private async Task CreateAsync(IEnumerable<FaultCell> cells)
    {
        foreach (var some in cells.DistinctBy(c => c.Store).Chunk(100))
        {
            var texts = some.Select(c => StoreStatement.Create(Store(c), StoreFileTransport.Inline).Reveal());
            await SendAsync(string.Join('\n', texts));
        }
    }

    private async Task<Dictionary<string, DateTimeOffset>> StoresAsync()
    {
        var stores = new Dictionary<string, DateTimeOffset>();
        await using var command = DataSourceOver(Transport.Postgres)
            .CreateCommand("SELECT name, updated_at FROM deltastream.sys.\"stores\"");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stores.Add(reader.GetString(0), await reader.GetFieldValueAsync<DateTimeOffset>(1));
        }

        return stores;
    }

    /// <summary>Runs a cell by a clock of its own, so that no cell waits for another.</summary>
    private async Task<(Exception? Failure, object? Result)> RunAsync(FaultCell cell, Ways ways)
    {
        var clock = new DrivenClock();
        using var fault = new HttpFault(ways.Http, clock, HeaderTimeout);
        var options = RestOptions(Emulator.ServerUri, ways.Token);
        options.TimeProvider = clock;
        options.HttpClient = new HttpClient(fault, disposeHandler: false);
        await using var rest = DeltaStreamDataSource.Create(options);
        var client = new StoreClient(
            ways.Transport == Transport.Rest ? rest
                : cell.IsOnTheWire ? ways.Postgres
                : DataSourceOver(Transport.Postgres),
            new StoreClientOptions { TimeProvider = clock, LoggerFactory = Watch.Logs }
        );
        var plan = cell.Operation == "apply" ? await client.PlanAsync([Store(cell)]) : null;
        using var scene = new FaultScene(cell, Emulator, ways.Relay, fault);
        cell.Arm(scene);
        Interlocked.Add(ref _emulated, scene.Emulated);
        try
        {
            var result = await clock.RunAsync(RunAsync(cell, client, plan, scene));
            return fault.IsArmed ? (new InvalidOperationException("the fault hit nothing"), null) : (null, result);
        }
        catch (Exception e)
        {
            Look(e);
            return (e, null);
        }
    }

    private async Task<object?> RunAsync(FaultCell cell, StoreClient client, StorePlan? plan, FaultScene scene)
    {
        var token = scene.Token;
        return cell.Operation switch
        {
            "create" => await client.CreateAsync(Store(cell), scene, cancellationToken: token),
            "update" => await client.UpdateAsync(
                Subtypes["kafka"].Changed! with
                {
                    Name = cell.Store,
                },
                progress: scene,
                cancellationToken: token
            ),
            "delete" => await client.DeleteAsync(cell.Store, progress: scene, cancellationToken: token),
            "get" => await client.GetAsync(cell.Store, cancellationToken: token),
            "wait" => await client.WaitUntilReadyAsync(cell.Store, progress: scene, cancellationToken: token),
            "apply" => Applied(await client.ApplyAsync(plan!, new() { Progress = scene }, token)),
            _ => await client.ListAsync(cancellationToken: token).SingleOrDefaultAsync(s => s.Name == cell.Store),
        };
    }

    /// <summary>What an apply says about its one store, as the store's own operation would say it.</summary>
    private static Store? Applied(StoreApplyResult result)
    {
        var applied = Assert.Single(result.Stores);
        var known = result.State.Stores.GetValueOrDefault(applied.Planned.Name);
        if (applied.Exception is not { } failure)
        {
            Assert.Equal((StoreApplyStatus.Done, true), (applied.Status, result.IsDone));
            Assert.Equal((applied.Store!.CreatedAt, null), (known!.CreatedAt, known.Attempt));
            return applied.Store;
        }

        Assert.Equal((StoreApplyStatus.Failed, false), (applied.Status, result.IsDone));
        // What may have happened is remembered as an attempt, and what did not happen is not.
        var fate = (failure as StoreException)?.Statement ?? ((StoreOperationCanceledException)failure).Statement;
        Assert.Equal(
            fate is StatementFate.Unknown or StatementFate.Executed ? StoreAttempt.Create : null,
            known?.Attempt
        );
        Assert.Contains(failure.Message, result.ToString(), StringComparison.Ordinal);
        ExceptionDispatchInfo.Throw(failure);
        return null;
    }

    /// <summary>Checks an exception for secrets.</summary>
    /// <remarks>
    /// Each message is checked, and of each kind of failure one whole exception as a user would print it: a stack trace takes the
    /// runtime longer than the cell.
    /// </remarks>
    private void Look(Exception exception)
    {
        var kind = exception.GetType().Name;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            kind += $" {cause.GetType().Name}";
            Watch.Look("the message that reached the user", cause.Message);
        }

        if (_kinds.TryAdd(kind, true))
        {
            Watch.Look("the exception that reached the user", exception.ToString());
        }
    }

    private StoreArgs Store(FaultCell cell) => Subtypes["kafka"].Good with { Name = cell.Store };

    /// <summary>Says what is false about a cell; null when it is true.</summary>
    private static string? Judge(
        FaultCell cell,
        (Exception? Failure, object? Result) said,
        DateTimeOffset before,
        DateTimeOffset after
    )
    {
        var happened = before != after;
        var isCancelled = said.Failure is StoreOperationCanceledException;
        var told = isCancelled
            ? ((StoreOperationCanceledException)said.Failure!).Statement
            : (said.Failure as StoreException)?.Statement;
        var message = said.Failure?.Message ?? "";
        return happened != (cell.Executed && !cell.IsRead)
                ? $"the test is wrong: the store {(happened ? "changed" : "did not change")}"
            : said.Failure is not null && told is null ? $"raw: {said.Failure}"
            : isCancelled != (cell.Kind == FaultKind.Cancelled)
                ? $"not what was cancelled: {said.Failure ?? said.Result}"
            : told != cell.Right ? $"said {Text(told)}, and right is {Text(cell.Right)}: {message}"
            : message.Contains("not known", StringComparison.Ordinal) != (told == StatementFate.Unknown)
            || message.Contains("was executed, and then", StringComparison.Ordinal)
                != (told == StatementFate.Executed && said.Failure is StoreBackendException)
                ? $"the words differ from {told}: {message}"
            : told is null && !IsRight(cell, said.Result) ? $"returned {said.Result ?? "null"}"
            : null;
    }

    private static bool IsRight(FaultCell cell, object? result) =>
        cell switch
        {
            { Operation: "delete" } => result is true,
            { Operation: "get", Name: "3D006" } => result is null,
            _ => result is Store { IsReady: true } store && store.Name == cell.Store,
        };

    private static string Text(StatementFate? fate) => fate?.ToString() ?? "done";

    /// <summary>What the cells of a row share: their connections.</summary>
    private sealed record Ways(
        Transport Transport,
        Relay Relay,
        DbDataSource Postgres,
        HttpMessageInvoker Http,
        string Token
    );
}
