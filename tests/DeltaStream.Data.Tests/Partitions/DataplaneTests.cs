using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Partitions;

public sealed class DataplaneTests
{
    private const string DataplaneToken = "dp-token-0123456789";

    [Theory]
    [InlineData("/v2/statements", true)]
    [InlineData("/v2/statements/", false)]
    [InlineData("/v2/statements/dp-1", true)]
    [InlineData("/v2/statements/dp-1", false)]
    [InlineData("/v2", true)]
    public async Task A_result_set_is_fetched_from_the_dataplane_with_its_own_token(string path, bool async)
    {
        await using var control = await ScriptedServer.StartAsync();
        await using var dataplane = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane(new Uri(dataplane.Address, path).ToString(), DataplaneToken));
        dataplane.Respond(Responses.Partition(2, """[["0"]]""")).Respond(Responses.Partition(2, """[["1"]]"""));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        using var result = await command.ResultAsync(async);

        Assert.Equal("""[["0"]]""", await result.TextAsync(0, async));
        Assert.Equal("""[["1"]]""", await result.TextAsync(1, async));
        Assert.Equal("n", Assert.Single(result.Columns)!.Name);
        Assert.Equal($"Bearer {Execution.Token}", Assert.Single(control.Requests).Headers["Authorization"]);
        Assert.Equal(
            ["/v2/statements/dp-1?partitionID=0&timezone=UTC", "/v2/statements/dp-1?partitionID=1&timezone=UTC"],
            dataplane.Requests.Select(r => r.Target)
        );
        Assert.All(
            dataplane.Requests,
            r =>
            {
                Assert.Equal($"Bearer {DataplaneToken}", r.Headers["Authorization"]);
                Assert.DoesNotContain(r.Headers.Values, v => v.Contains(Execution.Token, StringComparison.Ordinal));
            }
        );
    }

    [Theory, BothWays]
    public async Task A_dataplane_is_polled_too(bool async)
    {
        await using var control = await ScriptedServer.StartAsync();
        await using var dataplane = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane(dataplane.Address + "v2/statements", DataplaneToken));
        dataplane.Respond(202, Responses.Pending).Respond(Responses.Partition(1, """[["0"]]"""));
        var clock = new SteppedClock();
        await using var source = Execution.Source(control.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var execution = command.ResultAsync(async);
        await clock.PassSecondsAsync(1);
        using var result = await execution;

        Assert.Equal("""[["0"]]""", await result.TextAsync(0, async));
        Assert.All(dataplane.Requests, r => Assert.Equal("/v2/statements/dp-1?partitionID=0&timezone=UTC", r.Target));
    }

    [Theory]
    [InlineData("http://dpapi.deltastream.io/v2/statements", "not https")]
    [InlineData("http://127.0.0.1.evil.example/v2/statements", "not https")]
    [InlineData("https://user:hunter2@dpapi.deltastream.io/v2", "user name")]
    [InlineData("ftp://dpapi.deltastream.io/v2", "not https")]
    [InlineData("file:///v2", "without an address")]
    [InlineData("/v2/statements", "without an address")]
    [InlineData("", "without an address")]
    public async Task An_address_that_may_not_have_a_token_gets_none(string uri, string why)
    {
        await using var control = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane(uri, DataplaneToken));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(DataplaneToken, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("streaming", "stream without end")]
    [InlineData("carrier-pigeon", "'carrier-pigeon'")]
    [InlineData("", "does not know")]
    public async Task Another_way_of_delivery_is_not_supported(string type, string what)
    {
        await using var control = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane("wss://dpapi.deltastream.io", DataplaneToken, type));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.False(failure.IsTransient);
        Assert.False(failure.MayHaveExecuted);
        Assert.Equal(Responses.Id, failure.StatementId);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_way_of_delivery_of_a_change_leaves_open_what_happened()
    {
        await using var control = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane("wss://dpapi.deltastream.io", DataplaneToken, "streaming"));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.True(failure.MayHaveExecuted);
    }

    [Theory, BothWays]
    public async Task Neither_token_shows_when_a_dataplane_repeats_it(bool async)
    {
        await using var control = await ScriptedServer.StartAsync();
        await using var dataplane = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane(dataplane.Address + "v2", DataplaneToken));
        dataplane.Respond(401, Responses.Error($"bad token {DataplaneToken}"));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains("bad token ***", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataplane_does_not_lead_to_another()
    {
        await using var control = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane(control.Address + "v2", DataplaneToken));
        await using var source = Execution.Source(control.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Contains("yet another", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, control.Requests.Count);
    }
}
