using System.Diagnostics;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;
using Xunit.Abstractions;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>The catalog with as many stores as nobody has.</summary>
public sealed class ManyStoresTests : IDisposable
{
    private const int Count = 100_000;

    private readonly StoreCatalog _catalog = new(dataFile: null);

    private readonly ITestOutputHelper _output;

    public ManyStoresTests(ITestOutputHelper output)
    {
        _output = output;
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

    private async Task<SelectRun> StartAsync(string sql, params object?[] parameters) =>
        await SelectRun.StartAsync(
            _catalog.Views,
            (Select)Parser.Parse(sql).Single(),
            parameters,
            () => new Visibility(new Role("sysadmin", true), DateTimeOffset.UtcNow, new HashSet<string>()),
            null,
            new CancelSwitch()
        );

    [Fact]
    public async Task A_lookup_takes_no_time_while_stores_come_and_go()
    {
        var clock = Stopwatch.StartNew();
        const int Lookups = 500;
        for (var i = 0; i < Lookups; i++)
        {
            _catalog.TryAdd(Store($"new{i}"), () => { });
            using var run = await StartAsync(
                "SELECT name, status FROM deltastream.sys.\"stores\" WHERE name = $1::text",
                $"new{i}"
            );
            Assert.Equal([$"new{i}", "ready"], Assert.Single(run.Rows().Select(r => r.ToArray())));
        }

        _output.WriteLine($"{clock.Elapsed.TotalMilliseconds / Lookups:f3} ms a look-up");
        // A copy of the catalog took 1,800 ms each time; this machine may be busy.
        Assert.True(clock.Elapsed.TotalMilliseconds / Lookups < 50, $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_list_begins_before_it_ends()
    {
        var clock = Stopwatch.StartNew();
        using var run = await StartAsync("SELECT name FROM deltastream.sys.\"stores\" ORDER BY name");
        var rows = run.Rows().GetEnumerator();
        Assert.True(rows.MoveNext());
        var first = clock.Elapsed;
        var count = 1;
        for (; rows.MoveNext(); count++) { }

        _output.WriteLine($"first row {first}, {count} rows {clock.Elapsed}");
        Assert.Equal(Count, count);
        Assert.True(first < clock.Elapsed / 2);
    }
}
