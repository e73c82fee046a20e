using System.Diagnostics;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Faults;
using DeltaStream.Sdk;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests.Telemetry;

/// <summary>The trees that the OpenTelemetry SDK exports of operations, over both transports.</summary>
public sealed class TraceTests : EndToEndTest
{
    private const string Select = "SELECT deltastream.sys.\"stores\"";

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_create_has_its_statements_below_and_its_polls_as_events(Transport transport)
    {
        using var trace = new Trace();

        await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));

        AssertTree(
            $"""
            create store poll:provisioning poll:ready = done
              {Select}
              CREATE STORE
            """,
            trace
        );
        var (create, statement) = (trace["create store"], trace["CREATE STORE"]);
        Assert.Equal(ActivityKind.Internal, create.Kind);
        Assert.Equal(
            [
                ("deltastream.operation", "create"),
                ("deltastream.outcome", "done"),
                ("deltastream.store.name", Subtypes.Name),
                ("deltastream.store.subtype", "kafka"),
            ],
            Tags(create)
        );
        Assert.Equal(ActivityKind.Client, statement.Kind);
        Assert.Equal(
            [
                ("db.operation.name", "CREATE STORE"),
                ("db.system.name", "deltastream"),
                ("server.address", "127.0.0.1"),
                ("server.port", PortOf(transport)),
            ],
            Tags(statement).Where(t => t.Key != "db.query.text")
        );
        var text = (string)statement.GetTagItem("db.query.text")!;
        Assert.StartsWith("CREATE STORE \"we\"\"ird", text, StringComparison.Ordinal);
        Assert.Contains("'kafka.sasl.password' = '***'", text, StringComparison.Ordinal);
        Assert.Equal("deltastream.sys.\"stores\"", trace[Select].GetTagItem("db.collection.name"));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_update_describes_the_store_first(Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes["kafka"];
        await Clock.RunAsync(client.CreateAsync(good));
        using var trace = new Trace();

        await Clock.RunAsync(client.UpdateAsync(changed!));

        AssertTree(
            $"""
            update store poll:provisioning poll:ready = done
              {Select}
              DESCRIBE STORE
              UPDATE STORE
            """,
            trace
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_create_whose_store_errors_has_failed_with_the_reason(Transport transport)
    {
        using var trace = new Trace();

        var failure = await FailsAsync<StoreErroredException>(() =>
            ClientOver(transport).CreateAsync(Subtypes["kafka"].BadCredentials!)
        );

        AssertTree(
            $"""
            create store poll:provisioning poll:errored = failed ({typeof(StoreErroredException)})
              {Select}
              CREATE STORE
            """,
            trace
        );
        Assert.Equal(failure.Message, trace["create store"].StatusDescription);
        Assert.Contains("authentication failed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_refused_statement_has_the_sqlstate_and_not_the_message(Transport transport)
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "CREATE STORE",
                SqlState = "42601",
            }
        );
        using var trace = new Trace();

        await FailsAsync<StoreBackendException>(() => ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));

        AssertTree(
            $"""
            create store = failed ({typeof(StoreBackendException)})
              {Select}
              CREATE STORE (42601)
            """,
            trace
        );
        Assert.Equal("42601", trace["CREATE STORE"].GetTagItem("db.response.status_code"));
        Assert.Null(trace["CREATE STORE"].StatusDescription);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_cancelled_wait_is_no_error(Transport transport)
    {
        await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good, wait: StoreWait.Started));
        using var trace = new Trace();
        using var cancel = new CancellationTokenSource();

        await FailsAsync<StoreOperationCanceledException>(() =>
            ClientOver(transport)
                .WaitUntilReadyAsync(
                    Subtypes.Name,
                    progress: new OnFirstPoll(cancel.Cancel),
                    cancellationToken: cancel.Token
                )
        );

        AssertTree("wait for store poll:provisioning = cancelled", trace);
        Assert.Equal("wait", trace["wait for store"].GetTagItem("deltastream.operation"));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Reads_have_spans_also_when_the_reader_of_a_list_stops(Transport transport)
    {
        var client = ClientOver(transport);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good with { Name = "other" }));
        using var trace = new Trace();

        await client.GetAsync("other");
        await foreach (var _ in client.ListAsync())
        {
            Assert.Equal("test", Activity.Current!.DisplayName);
            break;
        }

        await client.PlanAsync([Subtypes["kafka"].Good]);
        await Clock.RunAsync(client.DeleteAsync("other"));

        AssertTree(
            $"""
            get store = done
              {Select}
            list stores = done
              {Select}
            plan stores = done
              {Select}
              DESCRIBE STORE
            delete store poll:not visible = done
              {Select}
              DROP STORE
            """,
            trace
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_apply_of_20_stores_has_a_span_for_each(Transport transport)
    {
        var client = ClientOver(transport);
        var (good, _, bad) = Subtypes["kafka"];
        StoreArgs[] declared =
        [
            .. Enumerable.Range(0, 20).Select(i => (i == 7 ? bad! : good) with { Name = $"store {i:00}" }),
        ];
        var plan = await client.PlanAsync(declared);
        using var trace = new Trace();

        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        var apply = trace["apply stores"];
        Assert.Equal(ActivityStatusCode.Unset, apply.Status);
        var below = trace.Below(apply);
        Assert.Equal(Select, below[0].DisplayName);
        Assert.Equal(
            declared.Select(d => d.Name),
            below.Skip(1).Select(s => (string)s.GetTagItem("deltastream.store.name")!).Order(StringComparer.Ordinal)
        );
        foreach (var store in below.Skip(1))
        {
            var isBad = Equals(store.GetTagItem("deltastream.store.name"), "store 07");
            Assert.Equal("apply store", store.DisplayName);
            Assert.Equal(isBad ? "failed" : "done", store.GetTagItem("deltastream.outcome"));
            Assert.Equal(isBad ? ActivityStatusCode.Error : ActivityStatusCode.Unset, store.Status);
            var create = Assert.Single(trace.Below(store));
            Assert.Equal("create store", create.DisplayName);
            Assert.Equal(isBad ? "errored" : "ready", Assert.Single(create.Events.Last().Tags).Value);
            // One that is sent more than five seconds after all were read reads by itself.
            Assert.Equal(["CREATE STORE"], trace.Below(create).Select(s => s.DisplayName).SkipWhile(s => s == Select));
        }

        Assert.Equal(19, result.Stores.Count(s => s.Status == StoreApplyStatus.Done));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_applied_update_reads_its_effect_and_an_unchanged_store_has_no_span(Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes["kafka"];
        var same = good with { Name = "same" };
        var first = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([good, same])));
        var plan = await client.PlanAsync([changed!, same], first.State);
        using var trace = new Trace();

        (await Clock.RunAsync(client.ApplyAsync(plan))).ThrowIfFailed();

        AssertTree(
            $"""
            apply stores = done
              {Select}
              apply store = done
                update store poll:provisioning poll:ready = done
                  {Select}
                  UPDATE STORE
                  DESCRIBE STORE
            """,
            trace
        );
    }

    [Fact]
    public async Task The_spans_of_the_provider_are_below_those_of_its_statements()
    {
        using var trace = new Trace("DeltaStream.Data");

        await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good));

        AssertTree(
            $"""
            create store poll:provisioning poll:ready = done
              {Select}
                SELECT
              CREATE STORE
                CREATE STORE
            """,
            trace
        );
        Assert.All(
            trace.Spans.Where(s => s.Source.Name == "DeltaStream.Data"),
            s =>
                Assert.Equal(
                    s.GetTagItem("db.operation.name"),
                    trace.Spans.Single(p => p.SpanId == s.ParentSpanId).GetTagItem("db.operation.name")
                )
        );
    }

    [Fact]
    public async Task Over_the_postgresql_protocol_no_span_but_the_sdks_has_a_statement()
    {
        using var trace = new Trace("Npgsql");

        await Clock.RunAsync(ClientOver(Transport.Postgres).CreateAsync(Subtypes["kafka"].Good));

        Assert.NotEmpty(trace.Spans);
        Assert.All(
            trace.Spans.Where(s => s.GetTagItem("db.query.text") is not null),
            s => Assert.Equal("DeltaStream.Sdk", s.Source.Name)
        );
    }

    private int PortOf(Transport transport) =>
        transport == Transport.Rest
            ? Emulator.ServerUri.Port
            : new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString).Port;

    private static IEnumerable<(string Key, object? Value)> Tags(Activity span) =>
        span.TagObjects.Select(t => (t.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal);

    private static void AssertTree(string expected, Trace trace) =>
        Assert.Equal(expected, trace.Tree(), ignoreLineEndingDifferences: true);
}
