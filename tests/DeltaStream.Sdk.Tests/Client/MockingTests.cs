using System.Reflection;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Tests.Scripted;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>Somebody's tests of code that uses <see cref="StoreClient"/>: they replace the client. Issue 16.</summary>
public sealed class MockingTests
{
    private static readonly Store s_orders = new()
    {
        Name = "orders",
        Type = "Kafka",
        State = Store.Ready,
        Owner = "ingest",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static readonly Store s_errored = s_orders with { State = Store.Errored, StatusMessage = "no route" };

    private static readonly PlannedStore s_planned = new()
    {
        Name = "orders",
        Subtype = "kafka",
        Action = StoreAction.Create,
        Reason = "it does not exist",
        Statements = ["CREATE STORE \"orders\" ..."],
    };

    // What the fake throws, and what the service makes of it.
    private static readonly (Exception Thrown, string Handled)[] s_failures =
    [
        (
            new StoreValidationException(
                "orders",
                [new("kafka.uris", StoreValidationCodes.Missing, "uris is missing")]
            ),
            "mend kafka.uris of orders"
        ),
        (new StoreConflictException("orders", "Store 'orders' already exists"), "orders is taken"),
        (new StoreNotFoundException("orders", "There is no store 'orders'"), "orders is gone"),
        (
            new StoreBackendException("orders", "create", "no route", "57015", true, StatementFate.Unknown),
            "57015: no route, again: True, Unknown"
        ),
        (
            new StoreErroredException(s_errored, "kafka") { Statement = StatementFate.Executed },
            "kafka: no route, errored, Executed"
        ),
        (
            new StoreReadinessTimeoutException("orders", "kafka", TimeSpan.FromMinutes(10), "provisioning", "brokers"),
            "kafka: provisioning, brokers, after 600 s"
        ),
        (
            new StoreOperationCanceledException("orders", "create", StatementFate.Unknown, new(canceled: true)),
            "orders was stopped: Unknown, True"
        ),
        (new StoreUpdateIncompleteException("orders", "uris", "'old:9092'"), "uris of orders is as it was"),
        (new StorePlanOutdatedException("orders", "it was updated"), "plan orders again"),
        (
            new StoreApplyException(
                StoreModelFactory.StoreApplyResult([new(s_planned, StoreApplyStatus.Failed, s_errored)])
            ),
            "0 of 1 done, 1 failed"
        ),
        (new StoreDeclarationException([new("wrong", "code", "$.orders", 3, 7)]), "line 3"),
    ];

    public static TheoryData<string> Failures => [.. s_failures.Select(f => f.Thrown.GetType().Name)];

    public static TheoryData<string> Methods => [.. PublicMethods().Select(m => m.Name)];

    [Fact]
    public async Task A_service_creates_a_store()
    {
        var client = new FakeClient { Creating = store => s_orders with { Name = store.Name } };

        Assert.Equal("orders is ready", await new OrdersService(client).CreateAsync());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_service_handles_each_exception(string exception)
    {
        var (thrown, handled) = s_failures.Single(f => f.Thrown.GetType().Name == exception);
        var client = new FakeClient { Creating = _ => throw thrown };

        Assert.Equal(handled, await new OrdersService(client).CreateAsync());
    }

    [Fact]
    public void Each_exception_of_the_SDK_can_be_thrown_by_a_test()
    {
        var exceptions = typeof(StoreException)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsAssignableTo(typeof(Exception)) && !t.IsAbstract)
            .ToArray();

        Assert.Equal(
            exceptions.Select(t => t.Name).Order(StringComparer.Ordinal),
            s_failures.Select(f => f.Thrown.GetType().Name).Order(StringComparer.Ordinal)
        );
        // This assembly sees internal members, so that the failures above prove nothing about it.
        Assert.All(exceptions, t => Assert.NotEmpty(t.GetConstructors()));
    }

    [Fact]
    public void An_exception_of_a_test_says_what_the_client_would_say()
    {
        var exception = new StoreBackendException(
            "orders",
            "create",
            "no route\n\u001b[2J",
            "57015",
            statement: StatementFate.Unknown
        );

        Assert.StartsWith(
            @"Could not create store 'orders': no route\n\u001B[2J (SQLSTATE 57015). ",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "It is not known whether the create was executed: check the store before you try again",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(@"no route\n\u001B[2J", exception.BackendMessage);
    }

    [Fact]
    public async Task A_service_plans_and_applies()
    {
        var client = new FakeClient();
        var service = new OrdersService(client);

        var state = await service.ApplyAsync(new StoreState());

        Assert.Equal(["orders"], state.Stores.Keys);
        Assert.Equal(["+ orders (kafka): create, because it does not exist", "1 create", "1 of 1 done"], service.Lines);
    }

    [Fact]
    public async Task A_service_does_nothing_for_an_empty_plan()
    {
        var client = new FakeClient();
        var known = StoreModelFactory.StoreState(
            new Dictionary<string, StoreSnapshot> { ["orders"] = new() { Subtype = "kafka" } }
        );

        var state = await new OrdersService(client).ApplyAsync(known);

        Assert.Same(known, state);
        Assert.Equal(0, client.Applied);
    }

    [Fact]
    public async Task A_service_hears_of_an_apply_that_failed()
    {
        var client = new FakeClient { Failing = new StoreErroredException(s_errored, "kafka") };

        var exception = await Assert.ThrowsAsync<StoreApplyException>(() =>
            new OrdersService(client).ApplyAsync(new StoreState())
        );

        Assert.Same(client.Failing, exception.InnerException);
        Assert.Equal(1, exception.Result.Counts.Failed);
    }

    [Fact]
    public async Task A_service_reads_what_comes_one_after_another()
    {
        Assert.Equal(["orders: Started", "orders: Done"], await new OrdersService(new FakeClient()).EventsAsync());
    }

    [Fact]
    public void A_description_has_the_subtype_of_the_store()
    {
        var description = StoreModelFactory.StoreDescription(
            s_orders,
            new Dictionary<string, object> { ["tlsDisabled"] = true, ["uris"] = "b-1:9092" }
        );

        Assert.Equal("kafka", description.Subtype?.Name);
        Assert.Equal(true, description.Values["tlsDisabled"]);
        Assert.Contains("b-1:9092", description.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tlsDisabled", 4711)]
    [InlineData("tlsDisabledd", "4711")]
    public void A_value_that_no_client_shows_is_refused_and_not_repeated(string property, object value)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            StoreModelFactory.StoreDescription(s_orders, new Dictionary<string, object> { [property] = value })
        );

        Assert.Contains($"'{property}'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_client_refuses_the_plan_of_a_test()
    {
        var source = ScriptedDataSource.Empty(_ => Responses.None());
        var client = new StoreClient(source);
        var plan = StoreModelFactory.StorePlan([s_planned]);

        var applied = await Assert.ThrowsAsync<ArgumentException>(() => client.ApplyAsync(plan));
        await Assert.ThrowsAsync<ArgumentException>(() => EndAsync(client.ApplyEventsAsync(plan)));

        Assert.StartsWith("StoreModelFactory made this plan", applied.Message, StringComparison.Ordinal);
        Assert.Empty(source.Statements);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_public_method_can_be_overridden_and_throws_a_clear_error_when_it_is_not(string name)
    {
        var method = PublicMethods().Single(m => m.Name == name);
        // Whatever the arguments are, nothing is read of them.
        var arguments = method
            .GetParameters()
            .Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)
            .ToArray();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            method.Invoke(new Bare(), BindingFlags.DoNotWrapExceptions, null, arguments, null) switch
            {
                Task task => task,
                IAsyncEnumerable<object> items => EndAsync(items),
                var other => throw new NotSupportedException($"Await a {other}, too."),
            }
        );

        Assert.True(method is { IsVirtual: true, IsFinal: false }, $"{name} is not virtual.");
        Assert.Contains($"{name} is not overridden", exception.Message, StringComparison.Ordinal);
    }

    private static MethodInfo[] PublicMethods() =>
        typeof(StoreClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static async Task EndAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items) { }
    }

    /// <summary>A client that overrides nothing.</summary>
    private sealed class Bare : StoreClient;

    /// <summary>What a test of somebody's code writes.</summary>
    private sealed class FakeClient : StoreClient
    {
        public Func<StoreArgs, Store> Creating { get; init; } = _ => s_orders;

        public Exception? Failing { get; init; }

        public int Applied { get; private set; }

        public override Task<Store> CreateAsync(
            StoreArgs store,
            IProgress<StoreReadiness>? progress = null,
            StoreWait wait = StoreWait.Effect,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(Creating(store));

        public override Task<StorePlan> PlanAsync(
            IEnumerable<StoreArgs> declared,
            StoreState? known = null,
            StorePlanOptions? options = null,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                StoreModelFactory.StorePlan(
                    declared
                        .Where(d => known?.Stores.ContainsKey(d.Name) != true)
                        .Select(d => s_planned with { Name = d.Name })
                )
            );

        public override Task<StoreApplyResult> ApplyAsync(
            StorePlan plan,
            StoreApplyOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            Applied++;
            var status = Failing is null ? StoreApplyStatus.Done : StoreApplyStatus.Failed;
            return Task.FromResult(
                StoreModelFactory.StoreApplyResult(
                    plan.Stores.Select(s => new AppliedStore(s, status, s_orders, Failing)),
                    StoreModelFactory.StoreState(
                        plan.Stores.ToDictionary(s => s.Name, s => new StoreSnapshot { Subtype = s.Subtype })
                    )
                )
            );
        }

        public override async IAsyncEnumerable<StoreApplyEvent> ApplyEventsAsync(
            StorePlan plan,
            StoreApplyOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            await Task.Yield();
            foreach (var store in plan.Stores)
            {
                yield return new(store, StoreApplyPhase.Started, new(1, 0, 0, 0));
                yield return new(store, StoreApplyPhase.Done, new(1, 1, 0, 0));
            }
        }
    }

    /// <summary>Somebody's code.</summary>
    private sealed class OrdersService(StoreClient client)
    {
        public List<string> Lines { get; } = [];

        public async Task<string> CreateAsync()
        {
            try
            {
                var store = await client.CreateAsync(Declarations.Kafka);
                return $"{store.Name} is {store.State}";
            }
            catch (StoreValidationException e)
            {
                return $"mend {e.Failures[0].Property} of {e.StoreName}";
            }
            catch (StoreConflictException e)
            {
                return $"{e.StoreName} is taken";
            }
            catch (StoreNotFoundException e)
            {
                return $"{e.StoreName} is gone";
            }
            catch (StoreBackendException e)
            {
                return $"{e.SqlState}: {e.BackendMessage}, again: {e.IsTransient}, {e.Statement}";
            }
            catch (StoreErroredException e)
            {
                return $"{e.Subtype}: {e.StatusMessage}, {e.Store.State}, {e.Statement}";
            }
            catch (StoreReadinessTimeoutException e)
            {
                return $"{e.Subtype}: {e.LastState}, {e.LastStatusMessage}, after {e.Elapsed.TotalSeconds:0} s";
            }
            catch (StoreOperationCanceledException e)
            {
                return $"{e.StoreName} was stopped: {e.Statement}, {e.CancellationToken.IsCancellationRequested}";
            }
            catch (StoreUpdateIncompleteException e)
            {
                return $"{e.Property} of {e.StoreName} is as it was";
            }
            catch (StorePlanOutdatedException e)
            {
                return $"plan {e.StoreName} again";
            }
            catch (StoreApplyException e)
            {
                return e.Result.Counts.ToString();
            }
            catch (StoreDeclarationException e)
            {
                return $"line {e.Faults[0].Line}";
            }
        }

        public async Task<StoreState> ApplyAsync(StoreState known)
        {
            var plan = await client.PlanAsync([Declarations.Kafka], known);
            if (plan.IsEmpty)
            {
                return known;
            }

            Lines.AddRange(plan.ToString().Split('\n'));
            var result = await client.ApplyAsync(plan);
            result.ThrowIfFailed();
            Lines.Add(result.ToString());
            return result.State;
        }

        public async Task<IReadOnlyList<string>> EventsAsync()
        {
            var lines = new List<string>();
            await foreach (var e in client.ApplyEventsAsync(await client.PlanAsync([Declarations.Kafka])))
            {
                lines.Add($"{e.Store.Name}: {e.Phase}");
            }

            return lines;
        }
    }
}
