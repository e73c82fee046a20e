using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>What the client sends, and what it does with each response.</summary>
public sealed class StoreClientTests
{
    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task Nothing_is_sent_when_a_declaration_is_not_valid()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready"));
        var client = Client(source);

        await Assert.ThrowsAsync<StoreValidationException>(() =>
            client.CreateAsync(Declarations.Kafka with { SaslPassword = null })
        );
        await Assert.ThrowsAsync<StoreValidationException>(() =>
            client.UpdateAsync(Declarations.Kafka with { Uris = "" })
        );
        await Assert.ThrowsAsync<StoreValidationException>(() =>
            client.UpdateAsync(Declarations.Kafka with { TlsProtocols = "TLSv1.3" }, Declarations.Kafka)
        );
        await Assert.ThrowsAsync<StoreValidationException>(() => client.GetAsync("a\nb"));
        await Assert.ThrowsAsync<StoreValidationException>(() => client.DeleteAsync(""));
        await Assert.ThrowsAsync<StoreValidationException>(() => client.WaitUntilReadyAsync("a\0b"));

        Assert.Empty(source.Statements);
    }

    [Fact]
    public async Task An_owner_that_the_connection_can_not_become_is_refused_and_not_ignored()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready"));

        var exception = await Assert.ThrowsAsync<StoreValidationException>(() =>
            Client(source).CreateAsync(Declarations.Kafka with { Owner = "analyst" })
        );

        Assert.Equal(
            "Store 'orders' is not valid: kafka.owner can't be set over this connection, which can't switch roles: connect as that role and leave it out, or use DeltaStream's REST API",
            exception.Message
        );
        Assert.Empty(source.Statements);
    }

    [Fact]
    public async Task Create_sends_one_statement_and_reads_the_store_back()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready") : Responses.None()
        );

        var store = await Client(source).CreateAsync(Declarations.Kafka);

        Assert.Equal(["SELECT", "CREATE", "SELECT"], source.Statements.Select(s => s.Split(' ')[0]));
        Assert.Equal(
            new Store
            {
                Name = "orders",
                Type = "Kafka",
                State = "ready",
                Owner = "sysadmin",
                CreatedAt = Responses.CreatedAt,
                UpdatedAt = Responses.CreatedAt,
            },
            store
        );
    }

    [Fact]
    public async Task Creating_what_exists_is_a_conflict()
    {
        var source = ScriptedDataSource.Empty(_ => throw new ScriptedException("store orders already exists", "42P05"));

        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            Client(source).CreateAsync(Declarations.Kafka)
        );

        Assert.Equal(
            "Store 'orders' already exists. Compare it with the declaration before you use, update or delete it, or choose another name",
            exception.Message
        );
        Assert.Single(source.Statements, s => !Responses.IsPoll(s));
    }

    [Requirement("FR-009")]
    [Theory]
    [InlineData("42P018", "duplicate", false, "(SQLSTATE 42P018)")]
    [InlineData("3D021", "kafka.sasl.password is required", false, "Correct the declaration as the message says")]
    [InlineData(
        "42601",
        "no viable alternative",
        false,
        "leave out properties that their documentation calls unverified, or send another key for them (a key override)"
    )]
    [InlineData("3D009", "no such registry", false, "Check the name of the schema registry")]
    [InlineData("0A000", "type is not supported", false, "check that it offers the subtype")]
    [InlineData("XX001", "odd", false, "odd (SQLSTATE XX001)")]
    [InlineData("57000", "cancelled", true, "The failure may pass: check the store, then try again")]
    public async Task A_refusal_carries_sqlstate_message_and_remedy(
        string sqlState,
        string message,
        bool isTransient,
        string part
    )
    {
        var source = ScriptedDataSource.Empty(_ => throw new ScriptedException(message, sqlState, isTransient));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal(
            (sqlState, message, isTransient),
            (exception.SqlState, exception.BackendMessage, exception.IsTransient)
        );
        Assert.StartsWith($"Could not create store 'orders': {message}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        // A statement is never sent again by itself: nobody knows whether it took effect.
        Assert.Single(source.Statements, s => !Responses.IsPoll(s));
    }

    [Requirement("FR-002")]
    [Fact]
    public async Task Get_finds_nothing_only_when_the_catalog_says_so()
    {
        Assert.Null(await Client(ScriptedDataSource.Responding(_ => Responses.None())).GetAsync("orders"));
        Assert.Null(
            await Client(ScriptedDataSource.Responding(_ => throw new ScriptedException("no", "3D006")))
                .GetAsync("orders")
        );

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(ScriptedDataSource.Responding(_ => throw new ScriptedException("no", "42501"))).GetAsync("orders")
        );
        Assert.StartsWith(
            "Could not get store 'orders': no (SQLSTATE 42501)",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_update_of_nothing_sends_nothing()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready"));

        var store = await Client(source).UpdateAsync(Declarations.Kafka, Declarations.Kafka with { });

        Assert.True(store.IsReady);
        Assert.All(source.Statements, s => Assert.StartsWith("SELECT", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_of_what_is_not_there_says_so()
    {
        var absent = ScriptedDataSource.Responding(sql =>
            Responses.IsPoll(sql)
                ? Responses.None()
                : throw new ScriptedException("store orders does not exist", "3D006")
        );

        var exception = await Assert.ThrowsAsync<StoreNotFoundException>(() =>
            Client(absent).UpdateAsync(Declarations.Kafka)
        );

        Assert.Equal(
            "There is no store 'orders' to update. Create it, or check that the role of the connection may use it",
            exception.Message
        );
        await Assert.ThrowsAsync<StoreNotFoundException>(() =>
            Client(absent).UpdateAsync(Declarations.Kafka, Declarations.Kafka with { })
        );
    }

    [Fact]
    public async Task The_not_found_sqlstate_of_a_store_that_is_there_is_the_services_own_failure()
    {
        // The same SQLSTATE can mean 'not ready' (wire fact 4).
        var source = ScriptedDataSource.Responding(sql =>
            Responses.IsPoll(sql)
                ? Responses.Store("provisioning")
                : throw new ScriptedException("store orders is not ready", "3D006")
        );

        var update = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka)
        );
        var delete = await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).DeleteAsync("orders"));

        Assert.Contains("is not ready", update.Message, StringComparison.Ordinal);
        Assert.Contains("is not ready", delete.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_is_refused_surfaces_and_assumes_nothing()
    {
        var source = ScriptedDataSource.WithStore(sql =>
            Responses.IsPoll(sql)
                ? Responses.Store("ready")
                : throw new ScriptedException("kafka.sasl.password is required", "3D021")
        );

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka)
        );

        Assert.StartsWith(
            "Could not update store 'orders': kafka.sasl.password is required (SQLSTATE 3D021)",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Delete_waits_until_the_row_is_gone()
    {
        var polls = 0;
        var source = ScriptedDataSource.WithStore(sql =>
            Responses.IsPoll(sql) && ++polls < 3 ? Responses.Store("deleting") : Responses.None()
        );

        Assert.True(await _clock.RunAsync(Client(source).DeleteAsync("orders")));
        Assert.Equal(3, polls);
        Assert.Equal("DROP STORE \"orders\";", source.Statements[1]);
    }

    [Fact]
    public async Task Delete_says_when_the_row_does_not_go()
    {
        var source = ScriptedDataSource.Responding(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready") : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).DeleteAsync("orders"))
        );

        Assert.Equal(
            "Store 'orders' (Kafka) was not gone after 600 s; last state: ready, no status message. "
                + "Check what still uses the store, and delete it again",
            exception.Message
        );
    }

    [Requirement("FR-004")]
    [Fact]
    public async Task Deleting_what_is_not_there_is_no_failure()
    {
        var source = ScriptedDataSource.Responding(sql =>
            Responses.IsPoll(sql) ? Responses.None() : throw new ScriptedException("no statement was expected", "XX000")
        );

        Assert.False(await Client(source).DeleteAsync("orders"));
    }

    [Fact]
    public async Task A_store_in_use_is_not_deleted_and_the_message_says_what_to_do()
    {
        var source = ScriptedDataSource.WithStore(_ =>
            throw new ScriptedException("referenced relations exist", "2BP01")
        );

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).DeleteAsync("orders"));

        Assert.Equal(
            "Could not delete store 'orders': referenced relations exist (SQLSTATE 2BP01). Drop what depends on the store first",
            exception.Message
        );
    }

    [Fact]
    public async Task List_streams_every_store()
    {
        var table = Responses.None();
        for (var i = 0; i < 1_000; i++)
        {
            table.ImportRow(Responses.Store("ready", name: $"store {i}").Rows[0]);
        }

        var names = new List<string>();
        await foreach (var store in Client(ScriptedDataSource.Responding(_ => table)).ListAsync())
        {
            names.Add(store.Name);
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"store {i}"), names);
    }

    [Fact]
    public async Task A_list_that_can_not_be_read_is_a_failure()
    {
        var client = Client(ScriptedDataSource.Responding(_ => throw new ScriptedException("no privilege", "42501")));

        await Assert.ThrowsAsync<StoreBackendException>(async () =>
            await client.ListAsync().GetAsyncEnumerator().MoveNextAsync()
        );
    }

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
