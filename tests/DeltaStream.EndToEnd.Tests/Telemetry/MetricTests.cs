using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Faults;
using DeltaStream.Sdk;
using OpenTelemetry.Metrics;

namespace DeltaStream.EndToEnd.Tests.Telemetry;

/// <summary>The metrics that the OpenTelemetry SDK exports, and the page that lists them.</summary>
/// <remarks>The meter is the process's, so no other test runs meanwhile.</remarks>
[Collection(nameof(MetricTests))]
[CollectionDefinition(nameof(MetricTests), DisableParallelization = true)]
public sealed class MetricTests : EndToEndTest
{
    // What the progress reports of the scenario say.
    private long _polls;

    private static string Page => Path.Combine(TestSupport.Repository.Root, "docs", "telemetry.md");

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Operations_waits_polls_and_statements_are_counted_with_their_outcomes(Transport transport)
    {
        var client = ClientOver(transport);
        var exported = new List<MetricSnapshot>();
        using var provider = OpenTelemetry
            .Sdk.CreateMeterProviderBuilder()
            .AddMeter("DeltaStream.Sdk")
            .AddInMemoryExporter(exported)
            .Build();

        await ScenarioAsync(client);
        provider.ForceFlush();

        Assert.Equal(
            [
                "deltastream.operation=create deltastream.outcome=cancelled deltastream.store.subtype=kafka: 1",
                "deltastream.operation=create deltastream.outcome=done deltastream.store.subtype=kafka: 1",
                $"deltastream.operation=create deltastream.outcome=failed deltastream.store.subtype=kafka error.type={typeof(StoreErroredException)}: 1",
                "deltastream.operation=get deltastream.outcome=done: 1",
                "deltastream.operation=update deltastream.outcome=done deltastream.store.subtype=kafka: 1",
                $"deltastream.operation=wait deltastream.outcome=failed error.type={typeof(StoreErroredException)}: 1",
                $"deltastream.operation=wait deltastream.outcome=failed error.type={typeof(StoreNotFoundException)}: 1",
            ],
            Points("deltastream.client.operation.duration")
        );
        Assert.Equal(
            [
                "deltastream.outcome=cancelled deltastream.store.subtype=kafka: 1",
                "deltastream.outcome=errored deltastream.store.subtype=kafka: 2",
                "deltastream.outcome=gone deltastream.store.subtype=unknown: 1",
                "deltastream.outcome=ready deltastream.store.subtype=kafka: 2",
            ],
            Points("deltastream.store.readiness.duration")
        );
        // By the client's clock: by the machine's, it was less than a second.
        foreach (var name in new[] { "deltastream.client.operation.duration", "deltastream.store.readiness.duration" })
        {
            var seconds = exported.Single(m => m.Name == name).MetricPoints.Sum(p => p.GetHistogramSum());
            Assert.InRange(seconds, 3 * ProvisionDelay.TotalSeconds, 6 * ProvisionDelay.TotalSeconds);
        }

        // The poll of the wait that is cancelled may be under way by then, and nobody hears of it.
        var polls = exported.Single(m => m.Name == "deltastream.client.polls").MetricPoints.Sum(p => p.GetSumLong());
        Assert.InRange(polls, _polls, _polls + 1);
        Assert.Equal([": 0"], Points("deltastream.client.waits"));
        // Five reads beside the polls: one before each change, and one to get a store.
        Assert.Equal(
            ["db.operation.name=CREATE STORE: 3", "db.operation.name=UPDATE STORE: 1"],
            Points("deltastream.client.statements").Where(p => !p.Contains("=SELECT", StringComparison.Ordinal))
        );
        Assert.Contains(
            Points("deltastream.client.statements"),
            p => p == Text("db.operation.name=SELECT", polls + 5) || p == Text("db.operation.name=SELECT", polls + 6)
        );

        IEnumerable<string> Points(string name) =>
            exported.Single(m => m.Name == name) is var metric
                ? metric.MetricPoints.Select(p => Text(metric.MetricType, p)).Order(StringComparer.Ordinal)
                : [];
    }

    [Fact]
    public async Task A_wait_counts_as_long_as_it_is_under_way()
    {
        var client = ClientOver(Transport.Rest);
        await client.CreateAsync(Subtypes["kafka"].Good, wait: StoreWait.Started);
        var waits = new List<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "deltastream.client.waits")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, waiting, _, _) => waits.Add(waiting));
        listener.Start();

        listener.RecordObservableInstruments();
        var wait = client.WaitUntilReadyAsync(
            Subtypes.Name,
            progress: new OnFirstPoll(listener.RecordObservableInstruments)
        );
        await Clock.RunAsync(wait);
        listener.RecordObservableInstruments();

        Assert.Equal([0, 1, 0], waits);
    }

    [Fact]
    public async Task The_page_lists_every_instrument_and_no_other()
    {
        var instruments = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "DeltaStream.Sdk")
                {
                    instruments.Add($"{instrument.Name} {Kind(instrument)} {instrument.Unit}");
                    Assert.False(string.IsNullOrEmpty(instrument.Description));
                }
            },
        };
        // The meter exists from the first operation on.
        await ClientOver(Transport.Rest).GetAsync("s");
        listener.Start();

        Assert.Equal(
            instruments.Order(StringComparer.Ordinal),
            Rows("Instrument").Select(r => $"{Code(r[0])[0]} {r[1]} {Code(r[2])[0]}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_page_lists_every_span_and_attribute_and_no_other()
    {
        var onMetrics = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "DeltaStream.Sdk")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => Note(i, tags));
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => Note(i, tags));
        listener.Start();
        using var trace = new Trace();

        await ScenarioAsync(ClientOver(Transport.Rest));
        await RestAsync(ClientOver(Transport.Rest));

        var spans = trace.Spans;
        Assert.Equal(
            Rows("Span").SelectMany(r => Code(r[0]).Select(n => $"{n} {r[1]}")).Order(StringComparer.Ordinal),
            spans
                .Select(s => $"{s.DisplayName} {s.Kind.ToString().ToLowerInvariant()}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Rows("Attribute").SelectMany(r => Code(r[0])).Order(StringComparer.Ordinal),
            spans
                .SelectMany(s => s.TagObjects.Concat(s.Events.SelectMany(e => e.Tags)))
                .Select(t => t.Key)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Rows("Instrument")
                .SelectMany(r => Code(r[3]).Select(a => $"{Code(r[0])[0]} {a}"))
                .Order(StringComparer.Ordinal),
            onMetrics
        );
        Assert.Equal(["poll"], spans.SelectMany(s => s.Events).Select(e => e.Name).Distinct(StringComparer.Ordinal));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (onMetrics)
            {
                foreach (var (key, _) in tags)
                {
                    onMetrics.Add($"{instrument.Name} {key}");
                }
            }
        }
    }

    private async Task ScenarioAsync(StoreClient client)
    {
        var (good, changed, bad) = Subtypes["kafka"];
        var progress = new OnEachPoll(() => _polls++);
        await Clock.RunAsync(client.CreateAsync(good, progress));
        await Clock.RunAsync(client.UpdateAsync(changed!, good, progress));
        bad = bad! with { Name = "bad" };
        await FailsAsync<StoreErroredException>(() => client.CreateAsync(bad, progress));
        await FailsAsync<StoreErroredException>(() => client.WaitUntilReadyAsync("bad", progress: progress));
        await FailsAsync<StoreNotFoundException>(() => client.WaitUntilReadyAsync("nothing", progress: progress));
        using var cancel = new CancellationTokenSource();
        await FailsAsync<StoreOperationCanceledException>(() =>
            client.CreateAsync(
                good with
                {
                    Name = "cancelled",
                },
                new OnEachPoll(() =>
                {
                    _polls++;
                    cancel.Cancel();
                }),
                cancellationToken: cancel.Token
            )
        );
        await client.GetAsync("bad");
    }

    /// <summary>What the scenario has not: the other operations, and failures of the service.</summary>
    private async Task RestAsync(StoreClient client)
    {
        await client.ListAsync().ToListAsync();
        await client.DescribeAsync("bad");
        await Clock.RunAsync(client.WatchAsync(["bad"]).FirstAsync().AsTask());
        await Clock.RunAsync(client.DeleteAsync("bad"));
        var declared = Subtypes["postgres"].Good with { Name = "applied" };
        var plan = await client.PlanAsync([declared]);
        (await Clock.RunAsync(client.ApplyAsync(plan))).ThrowIfFailed();
        // Nothing is known of the store now, so it is described.
        await client.PlanAsync([declared]);
        Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "SELECT",
                SqlState = "42601",
                Times = 1,
            }
        );
        await FailsAsync<StoreBackendException>(() => client.WaitUntilReadyAsync("applied"));
        Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "SELECT",
                SqlState = "42601",
                Times = 1,
            }
        );
        await FailsAsync<StoreBackendException>(() => client.GetAsync("applied"));
    }

    private static string Text(MetricType type, MetricPoint point)
    {
        var tags = new List<string>();
        foreach (var tag in point.Tags)
        {
            tags.Add($"{tag.Key}={tag.Value}");
        }

        var count = type == MetricType.Histogram ? point.GetHistogramCount() : point.GetSumLong();
        return Text(string.Join(' ', tags.Order(StringComparer.Ordinal)), count);
    }

    private static string Text(string tags, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{tags}: {count}");

    private static string Kind(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> => "histogram",
            Counter<long> => "counter",
            ObservableUpDownCounter<long> => "observable up-down counter",
            _ => instrument.GetType().Name,
        };

    /// <summary>The rows of the page's table whose first column has this title.</summary>
    private static List<string[]> Rows(string title) =>
        [
            .. File.ReadLines(Page)
                .SkipWhile(l => !l.StartsWith($"| {title} |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(l => l.StartsWith('|'))
                .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
        ];

    private static string[] Code(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(m => m.Groups[1].Value)];

    private sealed class OnEachPoll(Action act) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => act();
    }
}
