using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;
using SQLitePCL;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>The catalog with as many stores as nobody has.</summary>
public sealed class ManyStoresTests : IDisposable
{
    private const int Count = 100_000;

    private readonly StoreCatalog _catalog = new(dataFile: null);

    public ManyStoresTests()
    {
        for (var i = 0; i < Count; i++)
        {
            _catalog.TryAdd(Store($"store{i}"), () => { });
        }
    }

    public void Dispose() => _catalog.Dispose();

    private static StoreRecord Store(string name) =>
        new()
        {
            Name = name,
            Subtype = "kafka",
            Owner = "sysadmin",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            Parameters = new Dictionary<string, StoredValue>(),
            Verification = new Verification { Id = name, ReadyAt = DateTimeOffset.UnixEpoch },
        };

    private const string ByName = "SELECT name, status FROM deltastream.sys.\"stores\" WHERE name = $1::text";
    private const string ByStatus = "SELECT name FROM deltastream.sys.\"stores\" WHERE status = $1::text";

    /// <summary>Runs a SELECT that finds nothing: the view that it ran on, and the steps that SQLite took.</summary>
    private async Task<(StoresView View, int Steps)> StepsAsync(string sql)
    {
        const int VmSteps = 4;
        var view = await _catalog.Views.RentAsync(new CancelSwitch());
        try
        {
            view.Visibility = new Visibility(new Role("sysadmin", true), DateTimeOffset.UtcNow, new HashSet<string>());
            var select = (Select)Parser.Parse(sql).Single();
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(view.Database, select.Text, out var statement));
            using (statement)
            {
                raw.sqlite3_bind_text(statement, 1, "nobody's");
                Assert.Equal(raw.SQLITE_DONE, raw.sqlite3_step(statement));
                return (view, raw.sqlite3_stmt_status(statement, VmSteps, 0));
            }
        }
        finally
        {
            _catalog.Views.Return(view);
        }
    }

    private async Task<SelectRun> StartAsync(string sql, CancelSwitch cancel, params object?[] parameters) =>
        await SelectRun.StartAsync(
            _catalog.Views,
            (Select)Parser.Parse(sql).Single(),
            parameters,
            () => new Visibility(new Role("sysadmin", true), DateTimeOffset.UtcNow, new HashSet<string>()),
            null,
            cancel
        );

    // What takes the time is what is copied and what is read, and both can be counted; benchmarks/ measures the time.
    [Fact]
    public async Task A_lookup_copies_no_store_and_reads_one_while_stores_come_and_go()
    {
        const int Lookups = 500;
        const int MostBytes = 64 * 1024;
        var (view, steps) = await StepsAsync(ByName);
        for (var i = 0; i < Lookups; i++)
        {
            _catalog.TryAdd(Store($"new{i}"), () => { });
            var before = GC.GetAllocatedBytesForCurrentThread();
            // It ends before it returns, so all that it allocates is this thread's.
            var starting = StartAsync(ByName, new CancelSwitch(), $"new{i}");
            Assert.True(starting.IsCompleted);
            using var run = await starting;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, MostBytes);
            Assert.Equal([$"new{i}", "ready"], Assert.Single(run.Rows().Select(r => r.ToArray())));
        }

        // No copy of the catalog was made, and SQLite goes to the row in as many steps as with few stores.
        Assert.Equal((view, steps), await StepsAsync(ByName));
        Assert.InRange(steps, 1, 100);
        Assert.True((await StepsAsync(ByStatus)).Steps > Count, "the steps tell nothing");
    }

    [Fact]
    public async Task A_list_begins_before_it_ends()
    {
        var cancel = new CancelSwitch();
        using var run = await StartAsync("SELECT name FROM deltastream.sys.\"stores\" ORDER BY name", cancel);
        using var rows = run.Rows().GetEnumerator();
        Assert.True(rows.MoveNext());
        // What is not computed yet can still be stopped.
        cancel.Cancel();
        var count = 1;
        var stopped = Assert.Throws<StatementException>(() =>
        {
            for (; rows.MoveNext(); count++) { }
        });
        Assert.Equal(SqlState.Cancelled, stopped.SqlState);
        Assert.InRange(count, 1, Count / 10);
    }

    [Fact]
    public async Task A_list_has_every_store()
    {
        using var run = await StartAsync(
            "SELECT name FROM deltastream.sys.\"stores\" ORDER BY name",
            new CancelSwitch()
        );
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => $"store{i}").Order(StringComparer.Ordinal),
            run.Rows().Select(r => r[0])
        );
    }
}
