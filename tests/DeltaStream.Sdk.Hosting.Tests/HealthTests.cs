using DeltaStream.Emulator;
using DeltaStream.Sdk.Npgsql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>The health check asks for the version and reads the catalog.</summary>
public sealed class HealthTests : HostingTest
{
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_service_that_answers_is_healthy_and_one_that_is_gone_is_not(Transport transport)
    {
        var builder = NewHost(transport);
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
        var host = Build(builder);

        var healthy = await HealthAsync(host);
        await Emulator.DisposeAsync();
        var gone = await HealthAsync(host);

        Assert.Equal(HealthStatus.Healthy, healthy.Status);
        var version = Assert.IsType<string>(healthy.Data["version"]);
        Assert.Equal($"DeltaStream {version} answers, and its catalog can be read.", healthy.Description);
        Assert.Equal(HealthStatus.Unhealthy, gone.Status);
        Look(healthy);
        Look(gone);
    }

    [Fact]
    public async Task A_wrong_token_fails_as_the_registration_says_and_is_not_shown()
    {
        var builder = NewHost(
            ($"DeltaStream:{Org}:Server", Emulator.ServerUri.ToString()),
            ($"DeltaStream:{Org}:Token", Watch.Canary())
        );
        builder.Services.AddDeltaStream(Org);
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck(failureStatus: HealthStatus.Degraded);

        var entry = await HealthAsync(Build(builder));

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("401", entry.Description, StringComparison.Ordinal);
        Look(entry);
    }

    [Fact]
    public async Task A_service_that_hangs_is_waited_for_no_longer_than_the_timeout()
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Delay = TimeSpan.FromDays(1),
                Times = null,
            }
        );
        var asked = new TaskCompletionSource();
        var clock = new FakeTimeProvider();
        var builder = NewHost(Transport.Rest, ($"DeltaStream:{Org}:HealthTimeout", "00:00:07"));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
        builder
            .Services.AddHttpClient($"DeltaStream:{Org}")
            .AddHttpMessageHandler(() => new Handler(_ => asked.TrySetResult()));
        var host = Build(builder);

        var check = HealthAsync(host);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(7));
        var entry = await check;

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal("DeltaStream gave no answer within 7 s.", entry.Description);
    }

    [Fact]
    public async Task A_keyed_client_has_a_check_of_its_own()
    {
        var builder = NewHost(
            Transport.Rest,
            ("ConnectionStrings:billing-org", "Host=127.0.0.1;Port=1;Username=u;Password=p;Timeout=1")
        );
        builder.Services.AddKeyedDeltaStream("billing-org", DeltaStreamNpgsql.CreateDataSource);
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck().AddDeltaStreamHealthCheck("billing-org");

        var report = await Build(builder).Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["deltastream"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["deltastream-billing-org"].Status);
    }

    [Theory]
    [InlineData(false, Org, $"The DeltaStream client '{Org}' has no key: call AddDeltaStreamHealthCheck() without one")]
    [InlineData(true, null, $"There is no DeltaStream client without a key: call AddDeltaStreamHealthCheck(\"{Org}\")")]
    [InlineData(
        true,
        "other",
        "There is no DeltaStream client with the key 'other': call AddKeyedDeltaStream(\"other\")"
    )]
    public async Task A_wrong_key_fails_its_own_check_only(bool isKeyed, string? key, string message)
    {
        var builder = NewHost(($"ConnectionStrings:{Org}", Emulator.RestConnectionString));
        if (isKeyed)
        {
            builder.Services.AddKeyedDeltaStream(Org);
        }
        else
        {
            builder.Services.AddDeltaStream(Org);
        }

        builder
            .Services.AddHealthChecks()
            .AddDeltaStreamHealthCheck(key, name: "wrong", failureStatus: HealthStatus.Degraded)
            .AddDeltaStreamHealthCheck(isKeyed ? Org : null, name: "right");

        var report = await Build(builder).Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Entries["wrong"].Status);
        Assert.StartsWith(message, report.Entries["wrong"].Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, report.Entries["right"].Status);
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["deltastream"];

    private void Look(HealthReportEntry entry)
    {
        Watch.Look("health", $"{entry.Description} {entry.Exception}");
        foreach (var (key, value) in entry.Data)
        {
            Watch.Look($"health {key}", value.ToString());
        }
    }
}
