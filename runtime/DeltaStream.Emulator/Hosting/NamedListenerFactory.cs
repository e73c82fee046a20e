using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Listens on sockets, and says which endpoint it was when one can't be listened on.</summary>
internal sealed class NamedListenerFactory(IOptions<SocketTransportOptions> sockets, DeltaStreamEmulatorOptions options)
    : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(sockets, NullLoggerFactory.Instance);

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await _sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or AddressInUseException)
        {
            var why = e is SocketException ? e.Message : "another program uses it";
            var protocol = endpoint.Equals(options.HttpEndpoint) ? "REST API" : "PostgreSQL protocol";
            throw new IOException(
                $"{endpoint} can't be listened on for the {protocol}: {why}. Choose another port.",
                e
            );
        }
    }
}
