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

    [Fact]
    public async Task An_endpoint_that_is_taken_is_an_error_and_leaves_nothing_open()
    {
        await using var first = await DeltaStreamEmulator.StartAsync();
        var options = new DeltaStreamEmulatorOptions { PostgresEndpoint = first.PostgresEndpoint };
        var e = await Assert.ThrowsAnyAsync<IOException>(() => DeltaStreamEmulator.StartAsync(options));
        Assert.Equal($"{first.PostgresEndpoint} can't be listened on: another program uses it.", e.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_an_error()
    {
        var elsewhere = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1);
        var e = await Assert.ThrowsAnyAsync<IOException>(() =>
            DeltaStreamEmulator.StartAsync(new() { PostgresEndpoint = elsewhere })
        );
        Assert.StartsWith("192.0.2.1:1 can't be listened on: ", e.Message, StringComparison.Ordinal);
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
