using System.Collections.Concurrent;
using System.Net;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>A provider, and an engine that it talks to. Every answer is searched for secrets that no sign marks.</summary>
internal abstract class ProviderClient : IAsyncDisposable
{
    private readonly WireWatch _watch = new();
    private GrpcChannel? _channel;
    private WebApplication? _engine;

    public ResourceProvider.ResourceProviderClient Client { get; private set; } = null!;

    /// <summary>The way of all calls.</summary>
    public CallInvoker Invoker { get; private set; } = null!;

    /// <summary>The calls that were answered, in their order.</summary>
    public IReadOnlyCollection<(string Method, IMessage Request, IMessage Response)> Calls => _watch.Calls;

    /// <summary>What it told the engine.</summary>
    public LoggedEngine Log { get; } = new();

    /// <summary>Configures it.</summary>
    public async Task ConfigureAsync(Struct config)
    {
        var check = await Client.CheckConfigAsync(new CheckRequest { News = config });
        Assert.Empty(check.Failures);
        await Client.ConfigureAsync(new ConfigureRequest { Args = config, AcceptSecrets = true });
    }

    public async Task<Struct> CheckAsync(Struct inputs)
    {
        var check = await Client.CheckAsync(new CheckRequest { Urn = PulumiTest.Urn(), News = inputs });
        Assert.Empty(check.Failures);
        return check.Inputs;
    }

    public async Task<IReadOnlyList<string>> FaultsAsync(Struct inputs)
    {
        var check = await Client.CheckAsync(new CheckRequest { Urn = PulumiTest.Urn(), News = inputs });
        // The engine prints the inputs of the property that a failure names.
        Assert.All(check.Failures, f => Assert.Empty(f.Property));
        return [.. check.Failures.Select(f => f.Reason)];
    }

    /// <summary>Checks and creates.</summary>
    public async Task<CreateResponse> CreateAsync(Struct inputs) =>
        await Client.CreateAsync(new CreateRequest { Urn = PulumiTest.Urn(), Properties = await CheckAsync(inputs) });

    public async Task<DiffResponse> DiffAsync(Struct outputs, Struct news, Struct? oldInputs = null) =>
        await Client.DiffAsync(
            new DiffRequest
            {
                Id = IdOf(outputs),
                Urn = PulumiTest.Urn(),
                Olds = outputs,
                News = news,
                OldInputs = oldInputs ?? news,
            }
        );

    public async Task<ReadResponse> ReadAsync(Struct outputs, Struct inputs) =>
        await Client.ReadAsync(
            new ReadRequest
            {
                Id = IdOf(outputs),
                Urn = PulumiTest.Urn(),
                Properties = outputs,
                Inputs = inputs,
            }
        );

    public AsyncUnaryCall<UpdateResponse> UpdateAsync(Struct outputs, Struct oldInputs, Struct news) =>
        Client.UpdateAsync(
            new UpdateRequest
            {
                Id = IdOf(outputs),
                Urn = PulumiTest.Urn(),
                Olds = outputs,
                OldInputs = oldInputs,
                News = news,
            }
        );

    public async Task DeleteAsync(Struct outputs, Struct? inputs = null) =>
        await Client.DeleteAsync(
            new DeleteRequest
            {
                Id = IdOf(outputs),
                Urn = PulumiTest.Urn(),
                Properties = outputs,
                OldInputs = inputs,
            }
        );

    /// <summary>Makes a call that fails and leaves a resource behind.</summary>
    public static async Task<ErrorResourceInitFailed> FailAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(call);
        var trailer = e.Trailers.GetValueBytes(WireWatch.Details);
        Assert.True(trailer is not null, $"The failure has no details: {e.Status}");
        var detail = Assert.Single(StatusDetails.Parser.ParseFrom(trailer).Details);
        Assert.Equal("type.googleapis.com/pulumirpc.ErrorResourceInitFailed", detail.TypeUrl);
        return ErrorResourceInitFailed.Parser.ParseFrom(detail.Value);
    }

    /// <summary>Makes a call that fails and changes nothing.</summary>
    public static async Task<string> RefusedAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.FailedPrecondition, e.StatusCode);
        Assert.Null(e.Trailers.GetValueBytes(WireWatch.Details));
        return e.Status.Detail;
    }

    public virtual async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _engine!.DisposeAsync();
        foreach (var line in Log.Lines)
        {
            _watch.Look("engine's log", line.Message);
        }

        Assert.True(_watch.Seen > 0, "the watch saw nothing, so it proves nothing");
        Assert.Empty(_watch.Leaks);
    }

    /// <summary>Looks for secrets in what the provider wrote elsewhere.</summary>
    protected void Look(string where, string text) => _watch.Look(where, text);

    /// <summary>Starts the engine.</summary>
    /// <returns>Its address.</returns>
    protected async Task<string> StartEngineAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Log);
        _engine = builder.Build();
        _engine.MapGrpcService<LoggedEngine>();
        await _engine.StartAsync();
        return new Uri(_engine.Urls.First()).Authority;
    }

    /// <summary>Connects to the provider, and shakes hands.</summary>
    protected async Task ConnectAsync(int port, string engine)
    {
        _channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{port}",
            new GrpcChannelOptions
            {
                // Details of a status are in its trailers, and have the resource in them.
                HttpHandler = new SocketsHttpHandler { MaxResponseHeadersLength = 128 },
                DisposeHttpClient = true,
                MaxReceiveMessageSize = null,
            }
        );
        Invoker = _channel.Intercept(_watch);
        Client = new ResourceProvider.ResourceProviderClient(Invoker);
        await Client.HandshakeAsync(new ProviderHandshakeRequest { EngineAddress = engine });
    }

    private static string IdOf(Struct outputs) => EngineValue.At(outputs, "name")!.StringValue;
}

/// <summary>An engine that only listens.</summary>
internal sealed class LoggedEngine : Engine.EngineBase
{
    public ConcurrentQueue<LogRequest> Lines { get; } = new();

    public override Task<Empty> Log(LogRequest request, ServerCallContext context)
    {
        Lines.Enqueue(request);
        return Task.FromResult(new Empty());
    }
}
