using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeltaStream.Data.Secrets;
using Npgsql;

namespace DeltaStream.Emulator.Probes;

/// <summary>Logs in to the server that a store declares, by the PostgreSQL protocol.</summary>
internal static class PostgresProbe
{
    /// <summary>The protocol, as specs name it.</summary>
    public const string Protocol = "postgresql";

    private const int TimeoutSeconds = 5;
    private const int DefaultPort = 5432;

    /// <summary>Why the connection failed, in the server's own words, or null.</summary>
    public static async Task<string?> TryAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSeconds));
        try
        {
            var source = DataSource(target);
            await using (source.ConfigureAwait(false))
            {
                var connection = await source
                    .OpenConnectionAsync(limit.Token)
                    .AsTask()
                    // A server that takes the connection and is silent is not waited for any longer than this.
                    .WaitAsync(limit.Token)
                    .ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
                return null;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the server did not answer within {TimeoutSeconds} seconds";
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong is the probe's finding: the store becomes errored with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Redaction(() => [target.Password]).Redact(Message(e));
        }
    }

    private static NpgsqlDataSource DataSource(ProbeTarget target)
    {
        var (host, port, database) = Address(target.Address);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = database,
            Username = target.Username,
            Password = target.Password,
            Timeout = TimeoutSeconds,
            Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode =
                target.TlsDisabled ? SslMode.Disable
                : target.VerifyHostname ? SslMode.VerifyFull
                : target.Authority is null ? SslMode.Require
                : SslMode.VerifyCA,
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ToString());
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        if (target is { Authority: { } authority, TlsDisabled: false })
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(authority)));
            builder.UseRootCertificates(authorities);
        }

        return builder.Build();
    }

    private static (string Host, int Port, string Database) Address(string uri)
    {
        var text = uri.Contains("://", StringComparison.Ordinal) ? uri : "postgresql://" + uri;
        var address = new Uri(text);
        return (
            address.Host.Trim('[', ']'),
            address.IsDefaultPort || address.Port < 0 ? DefaultPort : address.Port,
            Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'))
        );
    }

    /// <summary>The server's message where there is one, else what the network said.</summary>
    private static string Message(Exception e) =>
        e switch
        {
            PostgresException refusal => $"{refusal.SqlState}: {refusal.MessageText}",
            { InnerException: PostgresException or SocketException or TimeoutException } => e is NpgsqlException
            && e.InnerException is not PostgresException
                ? $"{e.Message}: {e.InnerException.Message}"
                : Message(e.InnerException),
            _ => e.Message,
        };
}
