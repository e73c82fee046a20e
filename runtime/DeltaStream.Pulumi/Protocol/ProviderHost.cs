using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeltaStream.Pulumi.Protocol;

/// <summary>Runs a provider as a Pulumi plugin: a server on this machine, whose port is the first line on stdout.</summary>
internal static class ProviderHost
{
    // The largest message of the engine, in bytes.
    private const int MaxMessage = 400 * 1024 * 1024;

    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(15);

    /// <summary>Serves until the process is ended, or the engine is gone.</summary>
    /// <param name="arguments">The engine's: options that are for Go programs, and its address, which a debugger's run lacks.</param>
    /// <param name="create">Makes the provider.</param>
    public static async Task RunAsync(string[] arguments, Func<EngineLog, IProvider> create)
    {
        var log = new EngineLog();
        await using var closing = log.ConfigureAwait(false);
        if (arguments.LastOrDefault(a => !a.StartsWith('-')) is { } address)
        {
            log.Connect(address);
        }

        using var service = new ProviderService(create(log), log);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessage;
            grpc.MaxSendMessageSize = MaxMessage;
        });
        builder.Services.AddSingleton(service);
        // Its own would write to stdout, and stop at once on Ctrl-C, which the terminal sends to the plugin too.
        builder.Services.AddSingleton<IHostLifetime, EngineLifetime>();
        var app = builder.Build();
        await using var stopping = app.ConfigureAwait(false);
        app.MapGrpcService<ProviderService>();
        await app.StartAsync().ConfigureAwait(false);

        using var interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            signal =>
            {
                // The engine says with Cancel what is to be done, and ends the process.
                signal.Cancel = true;
                service.Stop();
            }
        );
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var bound = new Uri(addresses.First());
        await Console.Out.WriteAsync($"{bound.Port}\n").ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);
        await WatchAsync(log, app.Lifetime.ApplicationStopping).ConfigureAwait(false);
        service.Stop();
        await app.StopAsync().ConfigureAwait(false);
    }

    // An engine that was killed leaves its plugins behind.
    private static async Task WatchAsync(EngineLog log, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_watchInterval);
        var missed = 0;
        try
        {
            while (missed < 2 && await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                missed =
                    log.Address is null || await AnswersAsync(log.Address, stopping).ConfigureAwait(false)
                        ? 0
                        : missed + 1;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private static async Task<bool> AnswersAsync(string address, CancellationToken stopping)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var uri = new Uri($"http://{address}");
        try
        {
            await socket.ConnectAsync(uri.Host, uri.Port, stopping).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class EngineLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
