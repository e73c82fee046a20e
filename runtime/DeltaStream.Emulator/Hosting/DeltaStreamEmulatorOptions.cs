using System.Net;

namespace DeltaStream.Emulator;

/// <summary>The options of an emulator in process. The defaults suit a test.</summary>
public sealed class DeltaStreamEmulatorOptions
{
    /// <summary>Where to listen for the PostgreSQL protocol. By default on a free port of the loopback interface.</summary>
    public IPEndPoint PostgresEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where to listen for the REST API. By default on a free port of the loopback interface.</summary>
    public IPEndPoint HttpEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Lets everybody in, as any user and to any database. Only for loopback addresses.</summary>
    public bool NoAuth { get; init; }

    /// <summary>The password of the user <c>deltastream</c>. Null makes one up.</summary>
    public string? Password { get; init; }

    /// <summary>The bearer token of the REST API, in visible ASCII characters. Null makes one up.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Whether the REST API responds to a statement with 202 first, so that clients poll. The emulator executes the
    /// statement, once, before it sends the 202.
    /// </summary>
    public bool AsyncStatements { get; init; }

    /// <summary>
    /// With <see cref="AsyncStatements"/>, how many polls find the statement still running. The poll after them finds the
    /// result. 1 by default.
    /// </summary>
    public int AsyncPolls { get; init; } = 1;

    /// <summary>The most rows in a partition of a result over the REST API. Null, the default, puts all into one.</summary>
    public int? PartitionRows { get; init; }

    /// <summary>
    /// The names of the roles that statements run as. The first sees every store; the PostgreSQL protocol and REST requests
    /// without a role run as it. The others see the stores that they own.
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } = ["sysadmin"];

    /// <summary>
    /// How long a store stays <c>provisioning</c> after CREATE STORE and UPDATE STORE, by <see cref="TimeProvider"/>.
    /// </summary>
    public TimeSpan ProvisionDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The SQLite file that keeps the stores over a restart. Null keeps them in memory.</summary>
    public string? DataFile { get; init; }

    /// <summary>The accounts that stores may use. A type without accounts accepts every credential.</summary>
    public IReadOnlyList<EmulatorAccount> Accounts { get; init; } = [];

    /// <summary>
    /// Files with specs of further subtypes, as a project of the SDK has them: <c>acme.store.json</c>. Each has a subtype and a
    /// type of its own.
    /// </summary>
    public IReadOnlyList<string> SpecFiles { get; init; } = [];

    /// <summary>
    /// The texts of such specs, as JSON. What the generator makes of a spec holds the text: the <c>Spec</c> of a <c>StoreSubtype</c>.
    /// </summary>
    public IReadOnlyList<string> Specs { get; init; } = [];

    /// <summary>
    /// A file with the certificate that both protocols show by TLS, as PEM, and behind it those that lead to its authority. Null
    /// for no TLS. With it the REST API is https only; the PostgreSQL protocol takes TLS from clients that ask for it.
    /// </summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>The file with the private key of <see cref="TlsCertificateFile"/>, as PEM and without a passphrase.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>
    /// Other keys for properties that a spec marks unverified, as the SDK's <c>KeyOverrides</c> takes them:
    /// <c>kafka.schemaRegistryName=kafka.schema_registry_name:string</c>, several in one text divided by commas. Statements
    /// use these keys in place of the specs'. Accounts keep the specs' keys.
    /// </summary>
    public IReadOnlyList<string> KeyOverrides { get; init; } = [];

    /// <summary>Whether the emulator connects to what stores declare, where it can: PostgreSQL stores.</summary>
    public bool LiveProbe { get; init; }

    /// <summary>The clock of states and delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log to. Null logs nothing. The emulator never logs secrets.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
