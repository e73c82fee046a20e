using System.Net.Security;
using DeltaStream.Emulator.Protocol;
using DeltaStream.Emulator.Rest;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Starts one server for both protocols.</summary>
internal static class Listener
{
    private const int LongestHeaders = 32 * 1024;

    // As PostgreSQL's clients call their protocol within TLS.
    private static readonly SslApplicationProtocol s_postgresProtocol = new("postgresql");

    /// <exception cref="IOException">An endpoint can't be listened on; the message says which.</exception>
    public static async Task<(WebApplication Server, ListeningAt Listening)> StartAsync(
        DeltaStreamEmulatorOptions options,
        PostgresConnectionHandler postgres,
        TlsNegotiation negotiation,
        RestHandler rest,
        CancellationToken cancellationToken
    )
    {
        var certificate = options.TlsCertificateFile is { } file
            ? ServerCertificate.Read(file, options.TlsKeyFile!)
            : null;
        // The empty builder reads neither environment nor settings files: what is in the options is all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // The server logs headers that it can't read, a token among them; the emulator logs for itself.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        ListenOptions? postgresAt = null;
        ListenOptions? httpAt = null;
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IConnectionListenerFactory, NamedListenerFactory>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.Longest;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
            kestrel.Listen(
                options.PostgresEndpoint,
                listen =>
                {
                    postgresAt = listen;
                    if (certificate is not null)
                    {
                        listen.Use(tls =>
                            connection => negotiation.OnConnectedAsync(connection, tls, postgres.OnConnectedAsync)
                        );
                        listen.UseHttps(ServerCertificate.Options(certificate, s_postgresProtocol));
                    }

                    listen.Run(postgres.OnConnectedAsync);
                }
            );
            kestrel.Listen(
                options.HttpEndpoint,
                listen =>
                {
                    httpAt = listen;
                    listen.Protocols = HttpProtocols.Http1;
                    if (certificate is not null)
                    {
                        listen.UseHttps(ServerCertificate.Options(certificate, SslApplicationProtocol.Http11));
                    }
                }
            );
        });
        var server = builder.Build();
        server.Run(rest.HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
            return (server, new ListeningAt(postgresAt!.IPEndPoint!, httpAt!.IPEndPoint!, certificate is not null));
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
