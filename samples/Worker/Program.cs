// A worker that declares three stores in appsettings.json. They are applied before it starts. It needs a DeltaStream to talk to:
//   deltastream-emulator
//   Worker --ConnectionStrings:orders "Server=http://127.0.0.1:8088/v2;Token=..."
using DeltaStream.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddDeltaStream("orders").ApplyStores();
builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
builder.Services.AddHostedService<Work>();
await builder.Build().RunAsync();

/// <summary>Says what there is, and ends.</summary>
internal sealed class Work(StoreClient client, HealthCheckService health, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var store in client.ListAsync(cancellationToken: stoppingToken))
        {
            Console.WriteLine($"{store.Name} is {store.State}");
        }

        var report = await health.CheckHealthAsync(stoppingToken);
        Console.WriteLine($"DeltaStream is {report.Status}");
        lifetime.StopApplication();
    }
}
