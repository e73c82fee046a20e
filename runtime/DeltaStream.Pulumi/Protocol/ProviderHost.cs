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

/// <summary>A provider as a Pulumi plugin: a server on this machine.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    // The largest message of the engine, in bytes.
    private const int MaxMessage = 400 * 1024 * 1024;

    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(15);

    private readonly EngineLog _log;
    private readonly ProviderService _service;
    private readonly WebApplication _app;

    private ProviderHost(EngineLog log, ProviderService service, WebApplication app) =>
        (_log, _service, _app) = (log, service, app);

    /// <summary>The port that it listens at.</summary>
    public int Port =>
        new Uri(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        ).Port;

    /// <summary>Serves as the engine wants it, until the process is ended or the engine is gone.</summary>
    /// <remarks>The first line on stdout is the port. Whatever comes later, and stderr, goes to the engine's debug log.</remarks>
    /// <param name="arguments">Options that are for Go programs, and the engine's address, which a debugger's run lacks.</param>
    /// <param name="create">Makes the provider.</param>
    public static async Task RunAsync(string[] arguments, Func<EngineLog, IProvider> create)
    {
        var engine = arguments.LastOrDefault(a => !a.StartsWith('-'));
        var host = await StartAsync(engine, create).ConfigureAwait(false);
        await using var closing = host.ConfigureAwait(false);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The engine interrupts a plugin that it needs no longer. Calls under way come to their end first.
        using var interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            signal =>
            {
                signal.Cancel = true;
                host._service.Stop();
                end.TrySetResult();
            }
        );
        await Console.Out.WriteAsync($"{host.Port}\n").ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);
        // A debugger's run stays for the next engine.
        await (engine is null ? end.Task : Task.WhenAny(end.Task, WatchAsync(engine))).ConfigureAwait(false);
    }

    /// <summary>Starts a server.</summary>
    /// <param name="engine">The engine's address; null when it says so later.</param>
    /// <param name="create">Makes the provider.</param>
    public static async Task<ProviderHost> StartAsync(string? engine, Func<EngineLog, IProvider> create)
    {
        var log = new EngineLog();
        if (engine is not null)
        {
            log.Connect(engine);
        }

        var service = new ProviderService(create(log), log);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
            // Cancel must come through, however many stores are waited for.
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessage;
            grpc.MaxSendMessageSize = MaxMessage;
        });
        builder.Services.AddSingleton(service);
        // Its own writes to stdout, and stops at once on Ctrl-C.
        builder.Services.AddSingleton<IHostLifetime, EngineLifetime>();
        var app = builder.Build();
        app.MapGrpcService<ProviderService>();
        await app.StartAsync().ConfigureAwait(false);
        return new ProviderHost(log, service, app);
    }

    public async ValueTask DisposeAsync()
    {
        _service.Stop();
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _service.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    // An engine that was killed leaves its plugins behind.
    private static async Task WatchAsync(string engine)
    {
        using var timer = new PeriodicTimer(s_watchInterval);
        for (var missed = 0; missed < 2; )
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            missed = await AnswersAsync(engine).ConfigureAwait(false) ? 0 : missed + 1;
        }
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var uri = new Uri($"http://{address}");
        try
        {
            await socket.ConnectAsync(uri.Host, uri.Port).ConfigureAwait(false);
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
