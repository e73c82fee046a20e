using System.Data.Common;
using System.Net;

namespace DeltaStream.Emulator.Tests.Hosting;

public class OptionsTests
{
    private static async Task<string> RefusalAsync(DeltaStreamEmulatorOptions options) =>
        (await Assert.ThrowsAsync<ArgumentException>(() => DeltaStreamEmulator.StartAsync(options))).Message;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public async Task Without_authentication_only_loopback_is_listened_on(string address) =>
        Assert.StartsWith(
            $"Without authentication the emulator listens on loopback only, and {address} can be reached from other machines. "
                + "Set a password, or listen on 127.0.0.1.",
            await RefusalAsync(new() { NoAuth = true, PostgresEndpoint = new IPEndPoint(IPAddress.Parse(address), 0) }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Options_that_make_no_sense_are_refused()
    {
        Assert.StartsWith(
            "A password has no effect without authentication",
            await RefusalAsync(new() { NoAuth = true, Password = "hunter2" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The password is empty.",
            await RefusalAsync(new() { Password = "" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The provisioning delay is negative.",
            await RefusalAsync(new() { ProvisionDelay = TimeSpan.FromSeconds(-1) }),
            StringComparison.Ordinal
        );
    }

    public static TheoryData<DeltaStreamEmulatorOptions, string> WrongRest =>
        new()
        {
            {
                new() { NoAuth = true, Token = "t" },
                "A token has no effect without authentication"
            },
            {
                new() { Token = "" },
                "The token is empty."
            },
            {
                new() { Token = "a b" },
                "The token has characters other than visible ASCII"
            },
            {
                new() { Token = "ä" },
                "The token has characters other than visible ASCII"
            },
            {
                new() { AsyncPolls = -1 },
                "The number of polls that find a statement running is negative."
            },
            {
                new() { PartitionRows = 0 },
                "A partition has less than one row"
            },
            {
                new() { Roles = [] },
                "There is no role"
            },
            {
                new() { Roles = ["a", " "] },
                "A role has no name."
            },
            {
                new() { Roles = ["a", "b", "a"] },
                "The role a is given twice."
            },
            {
                new() { NoAuth = true, HttpEndpoint = new IPEndPoint(IPAddress.Any, 0) },
                "Without authentication the emulator listens on loopback only, and 0.0.0.0 can be reached from other machines. Set a token"
            },
            {
                new()
                {
                    HttpEndpoint = new IPEndPoint(IPAddress.Loopback, 1),
                    PostgresEndpoint = new IPEndPoint(IPAddress.Loopback, 1),
                },
                "The PostgreSQL protocol and the REST API can't both be at 127.0.0.1:1"
            },
        };

    [Theory]
    [MemberData(nameof(WrongRest), DisableDiscoveryEnumeration = true)]
    public async Task Options_of_the_REST_API_that_make_no_sense_are_refused(
        DeltaStreamEmulatorOptions options,
        string message
    ) => Assert.StartsWith(message, await RefusalAsync(options), StringComparison.Ordinal);

    [Fact]
    public async Task An_endpoint_that_is_taken_is_an_error_and_leaves_nothing_open()
    {
        await using var first = await DeltaStreamEmulator.StartAsync();
        var options = new DeltaStreamEmulatorOptions { PostgresEndpoint = first.PostgresEndpoint };
        var e = await Assert.ThrowsAnyAsync<IOException>(() => DeltaStreamEmulator.StartAsync(options));
        Assert.Equal(
            $"{first.PostgresEndpoint} can't be listened on for the PostgreSQL protocol: another program uses it. Choose another port.",
            e.Message
        );
        var http = new DeltaStreamEmulatorOptions { HttpEndpoint = first.HttpEndpoint };
        e = await Assert.ThrowsAnyAsync<IOException>(() => DeltaStreamEmulator.StartAsync(http));
        Assert.Equal(
            $"{first.HttpEndpoint} can't be listened on for the REST API: another program uses it. Choose another port.",
            e.Message
        );
    }

    [Fact]
    public async Task A_client_is_told_where_to_connect()
    {
        await using var open = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        Assert.Null(open.Token);
        Assert.Equal($"http://127.0.0.1:{open.HttpEndpoint.Port}/v2", open.ServerUri.ToString());
        Assert.Equal($"Server={open.ServerUri};Token=any", open.RestConnectionString);

        await using var closed = await DeltaStreamEmulator.StartAsync(
            new() { Token = "a;b='\"c", HttpEndpoint = new IPEndPoint(IPAddress.IPv6Any, 0) }
        );
        Assert.Equal("a;b='\"c", closed.Token);
        var settings = new DbConnectionStringBuilder { ConnectionString = closed.RestConnectionString };
        Assert.Equal("a;b='\"c", settings["Token"]);
        Assert.Equal($"http://[::1]:{closed.HttpEndpoint.Port}/v2", settings["Server"]);
    }

    [Fact]
    public async Task Every_emulator_has_a_token_of_its_own()
    {
        await using var one = await DeltaStreamEmulator.StartAsync();
        await using var other = await DeltaStreamEmulator.StartAsync();
        Assert.Matches("^[0-9a-f]{24}$", one.Token);
        Assert.NotEqual(one.Token, other.Token);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_an_error()
    {
        var elsewhere = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1);
        var e = await Assert.ThrowsAnyAsync<IOException>(() =>
            DeltaStreamEmulator.StartAsync(new() { PostgresEndpoint = elsewhere })
        );
        Assert.StartsWith(
            "192.0.2.1:1 can't be listened on for the PostgreSQL protocol: ",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        var emulator = await DeltaStreamEmulator.StartAsync();
        await emulator.DisposeAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task Starting_can_be_given_up() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            DeltaStreamEmulator.StartAsync(cancellationToken: new CancellationToken(canceled: true))
        );
}
