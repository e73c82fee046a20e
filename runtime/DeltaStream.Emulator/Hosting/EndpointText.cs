using System.Data.Common;
using System.Net;
using Npgsql;

namespace DeltaStream.Emulator.Hosting;

/// <summary>How clients are told where the emulator listens.</summary>
internal static class EndpointText
{
    public static Uri Server(IPEndPoint endpoint) => new($"http://{Reachable(endpoint)}/v2");

    public static string RestConnectionString(Uri server, string? token)
    {
        var settings = new DbConnectionStringBuilder { ["Server"] = server.ToString() };
        if (token is not null)
        {
            settings["Token"] = token;
        }

        return settings.ToString();
    }

    public static string ConnectionString(IPEndPoint endpoint, string? password)
    {
        var reachable = Reachable(endpoint);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = reachable.Address.ToString(),
            Port = reachable.Port,
            Username = EmulatorIdentity.User,
            Password = password,
            Database = EmulatorIdentity.Database,
        };
        return settings.ToString();
    }

    /// <summary>An address that stands for all of a machine's is no address to connect to.</summary>
    private static IPEndPoint Reachable(IPEndPoint endpoint)
    {
        var address = endpoint.Address;
        if (address.Equals(IPAddress.Any))
        {
            address = IPAddress.Loopback;
        }
        else if (address.Equals(IPAddress.IPv6Any))
        {
            address = IPAddress.IPv6Loopback;
        }

        return new IPEndPoint(address, endpoint.Port);
    }
}
