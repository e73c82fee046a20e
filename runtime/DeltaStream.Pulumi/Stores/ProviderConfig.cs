using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Pulumi.Stores;

/// <summary>The configuration of the provider: where the service is, and who asks.</summary>
/// <param name="config">The configuration, as the engine gives it: Pulumi's own, too.</param>
/// <param name="environment">Reads an environment variable; null when it is not set. What is configured counts more.</param>
internal sealed class ProviderConfig(PropertyMap config, Func<string, string?> environment)
{
    private const string Server = "server";
    private const string ApiKey = "apiKey";
    private const string Organization = "organization";
    private const string Role = "role";
    private const string SessionId = "sessionId";
    private const string SkipVerify = "insecureSkipVerify";
    private const string Connection = "connection";
    private const string ConnectionVariable = "DELTASTREAM_CONNECTION";
    private const string SkipVerifyVariable = "DELTASTREAM_INSECURE_SKIP_VERIFY";

    private static readonly string[] s_names = [Server, ApiKey, Organization, Role, SessionId, SkipVerify, Connection];

    // What the engine puts beside them.
    private static readonly string[] s_engine = ["version", "pluginDownloadURL", "pluginChecksums", "__internal"];

    /// <summary>Whether something is not known yet, so that nothing can be asked.</summary>
    public bool HasUnknown => config.Any(c => !s_engine.Contains(c.Key) && c.Value.HasUnknown);

    /// <summary>The configuration with its secrets as secrets.</summary>
    public static PropertyMap WithSecrets(PropertyMap config) =>
        new(
            config.Select(c =>
                c.Key is ApiKey or Connection ? KeyValuePair.Create(c.Key, c.Value with { IsSecret = true }) : c
            )
        );

    /// <summary>Everything that is wrong, each with its name.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        foreach (var (name, value) in config.Where(c => !s_engine.Contains(c.Key)))
        {
            if (!s_names.Contains(name))
            {
                var near = NearMatch.Find(name, s_names);
                faults.Add(
                    $"{name}: The provider has no such setting{(near is null ? $": remove it, or write {string.Join(", ", s_names)}" : $"; did you mean '{near}'?")}"
                );
            }
            else if (
                name == SkipVerify
                && Flag(value) is null
                && value.Kind is not (PropertyKind.Unknown or PropertyKind.Null)
            )
            {
                faults.Add($"{name}: It is {value.Word}, and must be true or false");
            }
            else if (
                name != SkipVerify
                && value.Kind is not (PropertyKind.Text or PropertyKind.Unknown or PropertyKind.Null)
            )
            {
                faults.Add($"{name}: It is {value.Word}, and must be a string");
            }
        }

        if (faults.Count == 0 && !HasUnknown)
        {
            try
            {
                Open().Dispose();
            }
            catch (Exception e) when (e is ArgumentException or RefusedException)
            {
                faults.Add(e.Message);
            }
        }

        return faults;
    }

    /// <summary>Makes the data source. Nothing is sent.</summary>
    /// <exception cref="RefusedException">A setting is missing, or contradicts another.</exception>
    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public DbDataSource Open()
    {
        var connection = config.Text(Connection) ?? (config.ContainsKey(Server) ? null : Variable(ConnectionVariable));
        if (connection is not null)
        {
            string[] ofRest = [Server, ApiKey, Organization, Role, SessionId, SkipVerify];
            return Array.Find(ofRest, config.ContainsKey) is { } other
                ? throw new RefusedException(
                    $"{other}: It is for the REST API, and '{Connection}' is for PostgreSQL's protocol: keep one of them"
                )
                : DeltaStreamNpgsql.CreateDataSource(connection);
        }

        // A server that is configured counts more than the environment's, by whatever name that has.
        var options = DeltaStreamOptions.FromEnvironment(name =>
            name switch
            {
                "DELTASTREAM_SERVER" => config.Text(Server) ?? environment(name),
                "DELTASTREAM_API_KEY" => config.Text(ApiKey) ?? environment(name),
                _ when config.ContainsKey(Server) && name.EndsWith("URL", StringComparison.Ordinal) => null,
                _ when config.ContainsKey(ApiKey) && name.EndsWith("TOKEN", StringComparison.Ordinal) => null,
                _ => environment(name),
            }
        );
        if (options.Server is null)
        {
            throw new RefusedException(
                $"{Server}: It is missing: set it, or the environment variable DELTASTREAM_SERVER, such as https://api.deltastream.io/v2. "
                    + $"For PostgreSQL's protocol set '{Connection}'"
            );
        }

        if (string.IsNullOrWhiteSpace(options.Token))
        {
            throw new RefusedException(
                $"{ApiKey}: It is missing: set it with 'pulumi config set --secret {StoreProvider.Package}:{ApiKey}', or the environment variable DELTASTREAM_API_KEY"
            );
        }

        options.Organization = config.Text(Organization) ?? options.Organization;
        options.Role = config.Text(Role) ?? options.Role;
        options.SessionId = config.Text(SessionId) ?? options.SessionId;
        options.ApplicationName = $"pulumi-resource-deltastream/{ProviderService.Version}";
        if (SkipsVerification)
        {
            options.HttpClient = Unverified();
        }

        return DeltaStreamDataSource.Create(options);
    }

    /// <summary>Whether any server is trusted, whatever certificate it shows.</summary>
    public bool SkipsVerification =>
        config.GetValueOrDefault(SkipVerify) is { Kind: not PropertyKind.Null } value
            ? Flag(value) == true
            : Variable(SkipVerifyVariable) is not null;

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    // What is no string may come as the text of its JSON.
    private static bool? Flag(PropertyValue value) =>
        value switch
        {
            { Kind: PropertyKind.Boolean } => value.Flag,
            { Kind: PropertyKind.Text } when bool.TryParse(value.Text, out var flag) => flag,
            _ => null,
        };

    private static HttpClient Unverified() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
#pragma warning disable CA5359 // The user asks for it by name, and is warned.
                SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
