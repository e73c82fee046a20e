// A web API with health and traces. The stores of appsettings.json are ready before it serves. It needs two organizations to talk to:
//   export ConnectionStrings__orders="Server=http://127.0.0.1:8088/v2;Token=..." ConnectionStrings__billing="..." KAFKA_PASSWORD=...
//   dotnet run --project samples/WebApi
using DeltaStream.Sdk;
using OpenTelemetry.Trace;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDeltaStream("orders").ApplyStores();
builder.Services.AddKeyedDeltaStream("billing").ApplyStores();
builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
builder.Services.AddOpenTelemetry().WithTracing(t => t.AddDeltaStreamInstrumentation());

// The application's own choice: its requests are traced, too, and all goes to the console.
builder.Services.ConfigureOpenTelemetryTracerProvider(t => t.AddSource("Microsoft.AspNetCore").AddConsoleExporter());

await using var app = builder.Build();
app.MapHealthChecks("/healthz");
app.MapGet("/stores", (StoreClient client) => client.ListAsync().Select(store => store.Name));
app.MapGet(
    "/stores/{name}",
    async (string name, StoreClient client, CancellationToken stop) =>
        await client.GetAsync(name, cancellationToken: stop) is { } store
            ? Results.Ok(new { store.Type, store.State })
            : Results.NotFound()
);
app.MapGet(
    "/billing/stores",
    ([FromKeyedServices("billing")] StoreClient client) => client.ListAsync().Select(store => store.Name)
);
await app.RunAsync();
