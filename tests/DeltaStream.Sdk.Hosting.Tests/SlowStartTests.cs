using DeltaStream.Emulator;
using DeltaStream.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Stores take their time, by a clock that moves only for those who wait.</summary>
public sealed class SlowStartTests : HostingTest
{
    private readonly DrivenClock _clock = new();

    private (string, string?)[] Configuration(bool inBackground) =>
        [
            ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
            // Longer than the clock moves by itself.
            ($"DeltaStream:{Org}:ResponseHeaderTimeout", "00:02:00"),
            ($"DeltaStream:{Org}:HealthTimeout", "00:02:00"),
            ($"DeltaStream:{Org}:Apply:StateFile", "stores.json"),
            ($"DeltaStream:{Org}:Apply:InBackground", inBackground ? "true" : "false"),
            .. ThreeStores(),
        ];

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Token = Watch.Canary(),
            TimeProvider = _clock,
            ProvisionDelay = TimeSpan.FromSeconds(32),
        };

    [Fact]
    public async Task A_long_wait_writes_a_line_every_ten_seconds()
    {
        var host = NewHost(inBackground: false);

        await _clock.RunAsync(host.StartAsync());

        var lines = Log.Where(l => l.Contains("are still applied", StringComparison.Ordinal)).ToArray();
        Assert.InRange(lines.Length, 2, 4);
        Assert.All(lines, l => Assert.Contains("0 of 3 done", l, StringComparison.Ordinal));
        Assert.Equal(["billing ready", "clicks ready", "orders ready"], await StoresAsync());
    }

    [Fact]
    public async Task In_the_background_the_host_starts_at_once_and_its_health_tells()
    {
        var host = NewHost(inBackground: true);
        var applied = new TaskCompletionSource();
        OnLog = line =>
        {
            if (line.Contains("are as declared", StringComparison.Ordinal))
            {
                applied.TrySetResult();
            }
        };
        await host.StartAsync();

        var before = await HealthAsync(host);
        // The clock moves for whom waits, which the stores do as well.
        await _clock.RunAsync(applied.Task);
        var after = await HealthAsync(host);

        Assert.Equal(HealthStatus.Degraded, before.Status);
        Assert.Equal(HealthStatus.Healthy, after.Status);
        Assert.StartsWith("The declared stores are ", before.Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_is_stopped_meanwhile_ends_and_the_state_knows_what_was_attempted(bool inBackground)
    {
        var host = NewHost(inBackground);
        using var stop = new CancellationTokenSource();
        var created = new TaskCompletionSource();
        OnLog = line =>
        {
            if (line.Contains("provisioning", StringComparison.OrdinalIgnoreCase))
            {
                created.TrySetResult();
            }
        };

        var start = host.StartAsync(stop.Token);
        await created.Task;
        if (inBackground)
        {
            await start;
            await host.StopAsync();
        }
        else
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        }

        using var file = StoreStateFile.Open(Path.Combine(Folder, "stores.json"));
        Assert.NotEmpty(file.State.Stores);
    }

    private IHost NewHost(bool inBackground)
    {
        var builder = NewHost(Configuration(inBackground));
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
        builder.Services.AddDeltaStream(Org).ApplyStores();
        return Build(builder);
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["deltastream"];
}
