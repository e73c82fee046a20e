// A program that has the package DeltaStream.Aspire.Hosting: an app host without the dashboard, until its project ends.
using System;
using System.Linq;
using System.Threading;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

var builder = DistributedApplication.CreateBuilder(
    new DistributedApplicationOptions { Args = args, DisableDashboard = true }
);
var deltastream = builder.AddDeltaStreamEmulator("deltastream").WithArgs("--provision-delay", "0s");
builder.AddProject<Projects.Shop>("shop").WithReference(deltastream).WaitFor(deltastream);

using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
await using var app = builder.Build();
await app.StartAsync(patience.Token);
var ended = await app.ResourceNotifications.WaitForResourceAsync(
    "shop",
    resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text),
    patience.Token
);
await app.StopAsync(patience.Token);
Console.WriteLine($"shop: {ended.Snapshot.State?.Text} with {ended.Snapshot.ExitCode}");
