using System.Data.Common;
using System.Diagnostics;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk.Npgsql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Clients come from the services.</summary>
public sealed class ClientTests : HostingTest
{
    private static readonly KinesisStoreArgs s_clicks = new()
    {
        Name = "clicks",
        Uris = "https://kinesis.us-east-1.amazonaws.com",
        IamRoleArn = "arn:aws:iam::123456789012:role/example",
    };

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_and_its_data_source_are_singletons(Transport transport)
    {
        var services = Build(NewHost(transport)).Services;

        await services.GetRequiredService<StoreClient>().CreateAsync(s_clicks);

        Assert.Same(services.GetRequiredService<StoreClient>(), services.GetRequiredService<StoreClient>());
        var dataSource = services.GetRequiredKeyedService<DbDataSource>(Org);
        Assert.Equal(
            transport == Transport.Rest ? dataSource : null,
            (DbDataSource?)services.GetService<DeltaStreamDataSource>()
        );
        // It would be taken for another database.
        Assert.Null(services.GetService<DbDataSource>());
    }

    [Fact]
    public async Task A_second_organization_is_keyed_and_reaches_its_own_service()
    {
        await using var billing = await DeltaStreamEmulator.StartAsync();
        var builder = NewHost(
            Transport.Rest,
            ("DeltaStream:billing-org:Server", billing.ServerUri.ToString()),
            ("DeltaStream:billing-org:Token", billing.Token)
        );
        builder.Services.AddKeyedDeltaStream("billing-org");
        var host = Build(builder);
        await host.StartAsync();

        await host.Services.GetRequiredKeyedService<StoreClient>("billing-org").CreateAsync(s_clicks);

        Assert.Null(await host.Services.GetRequiredService<StoreClient>().GetAsync("clicks"));
        Assert.NotNull(await host.Services.GetRequiredKeyedService<StoreClient>("billing-org").GetAsync("clicks"));
        Assert.NotNull(host.Services.GetKeyedService<DeltaStreamDataSource>("billing-org"));
    }

    [Fact]
    public async Task Without_a_name_the_section_has_the_settings_and_those_of_named_clients()
    {
        var builder = NewHost(
            ("DeltaStream:Server", Emulator.ServerUri.ToString()),
            ("DeltaStream:Token", Emulator.Token),
            ("DeltaStream:billing-org:Token", "other")
        );
        builder.Services.AddDeltaStream();
        builder.Services.AddKeyedDeltaStream("billing-org");
        var host = Build(builder);

        await host.StartAsync();

        Assert.Null(await host.Services.GetRequiredService<StoreClient>().GetAsync("clicks"));
    }

    [Fact]
    public async Task Code_goes_before_configuration()
    {
        var builder = NewHost(($"DeltaStream:{Org}:Token", "wrong"), ($"DeltaStream:{Org}:Role", "nobody"));
        builder.Services.AddDeltaStream(Org, options => options.ConnectionString = Emulator.RestConnectionString);

        Assert.Null(await Build(builder).Services.GetRequiredService<StoreClient>().GetAsync("clicks"));
    }

    [Fact]
    public async Task A_client_without_a_name_comes_from_code_alone()
    {
        var builder = NewHost();
        builder.Services.AddDeltaStream(options => options.ConnectionString = Emulator.RestConnectionString);

        Assert.Null(await Build(builder).Services.GetRequiredService<StoreClient>().GetAsync("clicks"));
    }

    [Fact]
    public void The_same_place_is_taken_once()
    {
        var services = new ServiceCollection();
        services.AddDeltaStream(Org);

        var unkeyed = Assert.Throws<InvalidOperationException>(() => services.AddDeltaStream("billing-org"));
        var keyed = Assert.Throws<InvalidOperationException>(() => services.AddKeyedDeltaStream(Org));

        Assert.Contains("AddKeyedDeltaStream(\"billing-org\")", unkeyed.Message, StringComparison.Ordinal);
        Assert.Contains(Org, keyed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_are_applied_once_for_each_client()
    {
        var services = new ServiceCollection();
        var client = services.AddDeltaStream(Org).ApplyStores();
        services.AddKeyedDeltaStream("billing-org").ApplyStores();

        var exception = Assert.Throws<InvalidOperationException>(() => client.ApplyStores());

        Assert.Contains(
            $"ApplyStores was called already for the DeltaStream client '{Org}'",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_handler_of_the_users_sees_requests_and_one_for_all_clients_does_not()
    {
        var seen = 0;
        var builder = NewHost(($"ConnectionStrings:{Org}", Emulator.RestConnectionString));
        builder
            .Services.AddDeltaStream(Org)
            .ConfigureHttpClient(http =>
                // The timeout would end every request, and nobody would know whether a statement left.
                http.AddHttpMessageHandler(() => new Handler(_ => Interlocked.Increment(ref seen)))
                    .ConfigureHttpClient(client => client.Timeout = TimeSpan.FromTicks(1))
            );
        // As Aspire's service defaults do.
        builder.Services.ConfigureHttpClientDefaults(http =>
            http.AddHttpMessageHandler(() => new Handler(_ => throw new InvalidOperationException("for all")))
        );

        await Build(builder).Services.GetRequiredService<StoreClient>().GetAsync("clicks");

        Assert.Equal(1, seen);
    }

    [Fact]
    public void Another_transport_has_no_HTTP_client()
    {
        var builder = new ServiceCollection().AddDeltaStream(Org, DeltaStreamNpgsql.CreateDataSource);

        Assert.Throws<InvalidOperationException>(() => builder.ConfigureHttpClient(_ => { }));
    }

    [Fact]
    public async Task Traces_and_metrics_are_one_line_each()
    {
        var (activities, metrics) = (new List<Activity>(), new List<Metric>());
        using var tracing = OpenTelemetry
            .Sdk.CreateTracerProviderBuilder()
            .AddDeltaStreamInstrumentation()
            .AddInMemoryExporter(activities)
            .Build();
        using var measuring = OpenTelemetry
            .Sdk.CreateMeterProviderBuilder()
            .AddDeltaStreamInstrumentation()
            .AddInMemoryExporter(metrics)
            .Build();

        await Build(NewHost(Transport.Rest)).Services.GetRequiredService<StoreClient>().GetAsync("traced");

        measuring.ForceFlush();
        Assert.Contains(activities, a => a.DisplayName == "get store");
        Assert.Contains(metrics, m => m.Name == "deltastream.client.statements");
    }
}
