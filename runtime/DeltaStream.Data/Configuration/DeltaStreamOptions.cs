using System.Diagnostics;
using System.Text.Json.Serialization;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data;

/// <summary>The settings of a <see cref="DeltaStreamDataSource"/>, which reads them once, when it is made.</summary>
/// <remarks>A connection string or the environment can hold the same settings.</remarks>
public sealed class DeltaStreamOptions
{
    /// <summary>
    /// The API's base address. Null for <c>https://api.deltastream.io/v2</c>; an organization may have a host of its own.
    /// A missing <c>/v2</c> is added. It must be https, except for this machine and <see cref="AllowInsecureHosts"/>.
    /// </summary>
    public Uri? Server { get; set; }

    /// <summary>
    /// The API token. A secret: no message, log or activity of this library shows it, and JSON of the options lacks it. Null with
    /// a callback that gives it (<c>TokenProviderAsync</c>, <c>TokenProvider</c>): exactly one of the two is set.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token { get; set; }

    /// <summary>The organization, by UUID or name. Null for the token's own.</summary>
    public string? Organization { get; set; }

    /// <summary>The role that executes statements, unless a command has its own. Null for the user's default role.</summary>
    public string? Role { get; set; }

    /// <summary>The database for names that don't say one. Null for none. Case-sensitive, not quoted.</summary>
    public string? Database { get; set; }

    /// <summary>The schema for names that don't say one. Null for none. Case-sensitive, not quoted.</summary>
    public string? Schema { get; set; }

    /// <summary>The default store. Null for the organization's. Case-sensitive, not quoted.</summary>
    public string? Store { get; set; }

    /// <summary>The compute pool. Null for the organization's default. Case-sensitive, not quoted.</summary>
    public string? ComputePool { get; set; }

    /// <summary>
    /// An ID that the service marks this session's statements with. Null for none; <c>RANDOM</c> for a new UUID per data source.
    /// </summary>
    public string? SessionId { get; set; }

    /// <summary>
    /// How long to wait for a connection; 30 seconds unless set. <see cref="TimeSpan.Zero"/> for no limit. Not used with an
    /// <see cref="System.Net.Http.HttpClient"/> of your own, whose handler decides.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long each request may take from its start until the headers of the response are there; 60 seconds unless set.
    /// <see cref="TimeSpan.Zero"/> for no limit.
    /// </summary>
    public TimeSpan ResponseHeaderTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a whole command may take, with polls and retries; 300 seconds unless set. <see cref="TimeSpan.Zero"/> for no
    /// limit. The <see cref="DeltaStreamCommand.CommandTimeout"/> of a command overrides it.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// How often a request is sent again that failed for now, from 0 to 10; 3 unless set. Only what the service can't execute twice is
    /// sent again: polls, partitions, statements that only read, and statements that the service certainly did not act on. It ends
    /// with the command's timeout.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// About how long to wait before the first retry, at most 1 minute; half a second unless set. Each wait is twice as long as the one
    /// before, and none is longer than half a minute or this. When the service says how long to wait, that counts instead.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    internal HttpClient? OwnHttpClient { get; set; }

    /// <summary>Whether the client of the options ends in the handler of this provider, as those of the SDK's hosting do.</summary>
    internal bool HasServiceHandler { get; set; }

    /// <summary>Where a callback of the SDK's own gets the token, such as a key of the configuration, for messages; null for the user's callback.</summary>
    internal string? TokenOrigin { get; set; }

    internal TimeProvider? OwnTimeProvider { get; set; }

    internal Func<CancellationToken, DeltaStreamToken>? OwnTokenProvider { get; set; }

    internal Func<CancellationToken, ValueTask<DeltaStreamToken>>? OwnTokenProviderAsync { get; set; }

    /// <summary>The product at the start of the <c>User-Agent</c>, such as <c>my-tool/1.2</c>. Null for this library's own name.</summary>
    public string? ApplicationName { get; set; }

    /// <summary>
    /// The hosts that may have the token and the statements over plain http, each by its name, such as <c>emulator</c>; empty
    /// unless set. Everybody on the way can read them: it is for an emulator in another container, never for the service.
    /// </summary>
    public IReadOnlyList<string> AllowInsecureHosts { get; set; } = [];

    /// <summary>Reads the environment variables <c>DELTASTREAM_SERVER</c>, <c>DELTASTREAM_API_KEY</c> and the others.</summary>
    /// <param name="getVariable">Returns a variable's value, or null; null for the environment of the process.</param>
    /// <returns>Options, which you may change.</returns>
    /// <exception cref="ArgumentException">Two names of the same setting have different values, or a value is not valid.</exception>
    public static DeltaStreamOptions FromEnvironment(Func<string, string?>? getVariable = null) =>
        EnvironmentVariables.Read(getVariable ?? Environment.GetEnvironmentVariable);

    /// <summary>Reads a connection string; see <see cref="DeltaStreamConnectionStringBuilder"/> for its keywords.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <returns>Options, which you may change.</returns>
    /// <exception cref="ArgumentException">A keyword is unknown or a value is not valid.</exception>
    public static DeltaStreamOptions FromConnectionString(string connectionString) =>
        new DeltaStreamConnectionStringBuilder(connectionString).ToOptions();

    /// <summary>Returns a connection string without the token.</summary>
    public override string ToString() => DeltaStreamConnectionStringBuilder.WithoutToken(this);
}
