using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data;

/// <summary>Reads and writes connection strings, such as <c>Server=https://api.deltastream.io/v2;Token=...;Role=sysadmin</c>.</summary>
/// <remarks>
/// <see cref="DbConnectionStringBuilder.ConnectionString"/> and <c>ToString()</c> hold the token, as ADO.NET needs it: don't log
/// them. In keywords, case, spaces, hyphens and underscores don't matter.
/// </remarks>
[SuppressMessage("Design", "CA1010", Justification = "As its base class is.")]
public sealed class DeltaStreamConnectionStringBuilder : DbConnectionStringBuilder
{
    /// <summary>Makes an empty builder.</summary>
    public DeltaStreamConnectionStringBuilder() { }

    /// <summary>Reads a connection string.</summary>
    /// <param name="connectionString">The connection string; null or empty for an empty builder.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, or the text is not a connection string.</exception>
    public DeltaStreamConnectionStringBuilder(string? connectionString)
    {
        if (connectionString is not null && ConnectionText.Fault(connectionString) is { } fault)
        {
            throw new ArgumentException(
                $"The connection string is {fault}. Write 'Server=https://...;Token=...' for the REST API; "
                    + "an address for PostgreSQL's protocol goes to DeltaStreamNpgsql, as 'Host=...;Port=...;Username=...;Password=...;Database=...'.",
                nameof(connectionString)
            );
        }

        ConnectionString = connectionString;
    }

    /// <summary>The API's base address. Synonyms: Server URL, URL, API URL, Data Source. Null when not set.</summary>
    public string? Server
    {
        get => Text(Keyword.Server);
        set => this[Keyword.Server] = value;
    }

    /// <summary>The API token, a secret. Synonyms: API Key, API Token, Auth Token, Password, Pwd. Null when not set.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token
    {
        get => Text(Keyword.Token);
        set => this[Keyword.Token] = value;
    }

    /// <summary>The organization, by UUID or name. Synonyms: Organization ID, Org ID. Null when not set.</summary>
    public string? Organization
    {
        get => Text(Keyword.Organization);
        set => this[Keyword.Organization] = value;
    }

    /// <summary>The role that executes statements. Synonym: Role Name. Null when not set.</summary>
    public string? Role
    {
        get => Text(Keyword.Role);
        set => this[Keyword.Role] = value;
    }

    /// <summary>The default database. Synonyms: Database Name, Initial Catalog. Null when not set.</summary>
    public string? Database
    {
        get => Text(Keyword.Database);
        set => this[Keyword.Database] = value;
    }

    /// <summary>The default schema. Synonym: Schema Name. Null when not set.</summary>
    public string? Schema
    {
        get => Text(Keyword.Schema);
        set => this[Keyword.Schema] = value;
    }

    /// <summary>The default store. Synonym: Store Name. Null when not set.</summary>
    public string? Store
    {
        get => Text(Keyword.Store);
        set => this[Keyword.Store] = value;
    }

    /// <summary>The compute pool. Synonym: Compute Pool Name. Null when not set.</summary>
    public string? ComputePool
    {
        get => Text(Keyword.ComputePool);
        set => this[Keyword.ComputePool] = value;
    }

    /// <summary>The session's ID, or RANDOM for a new UUID. Synonym: Session. Null when not set.</summary>
    public string? SessionId
    {
        get => Text(Keyword.SessionId);
        set => this[Keyword.SessionId] = value;
    }

    /// <summary>The connect timeout in seconds, 0 for none; 30 when not set. Synonym: Connection Timeout.</summary>
    /// <exception cref="ArgumentException">The value in the connection string is not a number of seconds.</exception>
    public int ConnectTimeout
    {
        get => Seconds(Keyword.ConnectTimeout, 30);
        set => this[Keyword.ConnectTimeout] = value;
    }

    /// <summary>The response header timeout of each request in seconds, 0 for none; 60 when not set.</summary>
    /// <exception cref="ArgumentException">The value in the connection string is not a number of seconds.</exception>
    public int ResponseHeaderTimeout
    {
        get => Seconds(Keyword.ResponseHeaderTimeout, 60);
        set => this[Keyword.ResponseHeaderTimeout] = value;
    }

    /// <summary>The timeout of a whole command in seconds, 0 for none; 300 when not set. Synonym: Default Command Timeout.</summary>
    /// <exception cref="ArgumentException">The value in the connection string is not a number of seconds.</exception>
    public int CommandTimeout
    {
        get => Seconds(Keyword.CommandTimeout, 300);
        set => this[Keyword.CommandTimeout] = value;
    }

    /// <summary>How often a request is sent again, from 0 to 10; 3 when not set. See <see cref="DeltaStreamOptions.MaxRetries"/>.</summary>
    /// <exception cref="ArgumentException">The value in the connection string is not a whole number.</exception>
    public int MaxRetries
    {
        get => Number(Keyword.MaxRetries, 3, "a whole number from 0 to 10");
        set => this[Keyword.MaxRetries] = value;
    }

    /// <summary>
    /// About how long to wait before the first retry, in milliseconds; 500 when not set. See
    /// <see cref="DeltaStreamOptions.RetryDelay"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The value in the connection string is not a number of milliseconds.</exception>
    public int RetryDelay
    {
        get => Number(Keyword.RetryDelay, 500, "a whole number of milliseconds, at most 60000");
        set => this[Keyword.RetryDelay] = value;
    }

    /// <summary>The product at the start of the User-Agent. Null when not set.</summary>
    public string? ApplicationName
    {
        get => Text(Keyword.ApplicationName);
        set => this[Keyword.ApplicationName] = value;
    }

    /// <summary>
    /// The hosts that may have the token and the statements over plain http, with commas between them: for an emulator in
    /// another container. Null when not set.
    /// </summary>
    public string? AllowInsecureHosts
    {
        get => Text(Keyword.AllowInsecureHosts);
        set => this[Keyword.AllowInsecureHosts] = value;
    }

    /// <summary>A keyword's value.</summary>
    /// <param name="keyword">A keyword or one of its synonyms.</param>
    /// <exception cref="ArgumentException">The keyword is unknown, or it is read and not set.</exception>
    [AllowNull]
    public override object this[string keyword]
    {
        get => base[Keyword.Find(keyword)];
        set => base[Keyword.Find(keyword)] = value;
    }

    /// <inheritdoc/>
    public override bool ContainsKey(string keyword) =>
        Keyword.TryFind(keyword, out var canonical) && base.ContainsKey(canonical);

    /// <inheritdoc/>
    public override bool Remove(string keyword) =>
        Keyword.TryFind(keyword, out var canonical) && base.Remove(canonical);

    /// <inheritdoc/>
    public override bool ShouldSerialize(string keyword) =>
        Keyword.TryFind(keyword, out var canonical) && base.ShouldSerialize(canonical);

    /// <inheritdoc/>
    public override bool TryGetValue(string keyword, [NotNullWhen(true)] out object? value)
    {
        value = null;
        return Keyword.TryFind(keyword, out var canonical) && base.TryGetValue(canonical, out value);
    }

    internal DeltaStreamOptions ToOptions()
    {
        var hosts = InsecureHosts.Split(AllowInsecureHosts);
        var insecure = InsecureHosts.Of(hosts, $"'{Keyword.AllowInsecureHosts}'");
        return new()
        {
            Server = Server is { Length: > 0 } server
                ? ServerAddress.Parse(server, $"'{Keyword.Server}'", insecure)
                : null,
            Token = Token,
            Organization = Organization,
            Role = Role,
            Database = Database,
            Schema = Schema,
            Store = Store,
            ComputePool = ComputePool,
            SessionId = SessionId,
            ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeout),
            ResponseHeaderTimeout = TimeSpan.FromSeconds(ResponseHeaderTimeout),
            CommandTimeout = TimeSpan.FromSeconds(CommandTimeout),
            MaxRetries = MaxRetries,
            RetryDelay = TimeSpan.FromMilliseconds(RetryDelay),
            ApplicationName = ApplicationName,
            AllowInsecureHosts = hosts,
        };
    }

    /// <summary>Writes options as a connection string, as 'Persist Security Info=false' does: without the token.</summary>
    internal static string WithoutToken(DeltaStreamOptions options)
    {
        var usual = new DeltaStreamOptions();
        return new DeltaStreamConnectionStringBuilder
        {
            Server = PrintableServer(options.Server ?? ServerAddress.Default),
            Organization = options.Organization,
            Role = options.Role,
            Database = options.Database,
            Schema = options.Schema,
            Store = options.Store,
            ComputePool = options.ComputePool,
            SessionId = options.SessionId,
            ApplicationName = options.ApplicationName,
            AllowInsecureHosts = InsecureHosts.Printable(options.AllowInsecureHosts),
            [Keyword.ConnectTimeout] = Unusual(options.ConnectTimeout, usual.ConnectTimeout),
            [Keyword.ResponseHeaderTimeout] = Unusual(options.ResponseHeaderTimeout, usual.ResponseHeaderTimeout),
            [Keyword.CommandTimeout] = Unusual(options.CommandTimeout, usual.CommandTimeout),
            [Keyword.MaxRetries] = options.MaxRetries == usual.MaxRetries ? null : options.MaxRetries,
            [Keyword.RetryDelay] =
                options.RetryDelay == usual.RetryDelay
                    ? null
                    : (long)Math.Ceiling(options.RetryDelay.TotalMilliseconds),
        }.ConnectionString;
    }

    private static int? Unusual(TimeSpan value, TimeSpan usual) =>
        value == usual ? null : ConnectionSettings.Seconds(value);

    // Nobody has checked the options yet: their URL may hold a password.
    private static string PrintableServer(Uri server) =>
        server.IsAbsoluteUri
            ? server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : "";

    private string? Text(string keyword) => base.TryGetValue(keyword, out var value) ? (string)value : null;

    private int Seconds(string keyword, int otherwise) =>
        Number(keyword, otherwise, "a whole number of seconds, 0 for no limit");

    private int Number(string keyword, int otherwise, string what)
    {
        if (Text(keyword) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw InvalidSetting.Because($"'{keyword}' must be {what}.");
    }
}
