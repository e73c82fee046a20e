using System.Data.Common;
using System.Net;
using DeltaStream.Emulator.Identity;
using Npgsql;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Where the emulator listens, with the ports that it took, and how clients connect to it.</summary>
internal sealed record ListeningAt(IPEndPoint Postgres, IPEndPoint Http, bool HasTls)
{
    public Uri ServerUri => new($"{(HasTls ? "https" : "http")}://{Reachable(Http)}/v2");

    public string RestConnectionString(string? token)
    {
        var settings = new DbConnectionStringBuilder { ["Server"] = ServerUri.ToString() };
        // Clients send a token to another machine by https, or to a host that is named.
        if (!HasTls && !IPAddress.IsLoopback(Reachable(Http).Address))
        {
            settings["Allow Insecure Hosts"] = Reachable(Http).Address.ToString();
        }

        // A client needs a token. Without authentication any will do.
        settings["Token"] = token ?? "any";
        return settings.ToString();
    }

    public string PostgresConnectionString(string? password)
    {
        var reachable = Reachable(Postgres);
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

    /// <summary>Clients can't connect to the address that stands for all of a machine's.</summary>
    private static IPEndPoint Reachable(IPEndPoint endpoint) =>
        endpoint.Address switch
        {
            var any when any.Equals(IPAddress.Any) => new IPEndPoint(IPAddress.Loopback, endpoint.Port),
            var any when any.Equals(IPAddress.IPv6Any) => new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port),
            _ => endpoint,
        };
}
