using System.Net;

namespace DeltaStream.Emulator;

/// <summary>How an emulator in process is set up. Every option has a default that suits a test.</summary>
public sealed class DeltaStreamEmulatorOptions
{
    /// <summary>
    /// Where to listen for the PostgreSQL protocol. Port 0, the default, takes a free one on the loopback interface.
    /// </summary>
    public IPEndPoint PostgresEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>
    /// Where to listen for the REST API. Port 0, the default, takes a free one on the loopback interface.
    /// </summary>
    public IPEndPoint HttpEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Lets everybody in, as any user and to any database. For loopback addresses only.</summary>
    public bool NoAuth { get; init; }

    /// <summary>The password of the user <c>deltastream</c>. Without one, the emulator makes one up.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// The bearer token of the REST API: visible ASCII characters. Without one, the emulator makes one up, unless
    /// <see cref="NoAuth"/> is set.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>
    /// Whether the REST API answers a statement with 202 at first, so that clients poll. The statement has been executed,
    /// once, when the 202 is sent.
    /// </summary>
    public bool AsyncStatements { get; init; }

    /// <summary>
    /// How many polls of a statement are answered with 202 as well before its result is, with
    /// <see cref="AsyncStatements"/>. 1 by default: the first poll finds it running, the second finds the result.
    /// </summary>
    public int AsyncPolls { get; init; } = 1;

    /// <summary>
    /// How many rows a partition of a result has over the REST API, at most. Null, the default, makes one partition of
    /// all rows.
    /// </summary>
    public int? PartitionRows { get; init; }

    /// <summary>
    /// The roles that statements run as, by their exact names. The first is the administrator: it sees every store, is
    /// what a REST request without a role runs as, and what the PostgreSQL protocol runs as. The others see what they own.
    /// </summary>
    public IReadOnlyList<string> Roles { get; init; } = ["sysadmin"];

    /// <summary>
    /// How long a store stays <c>provisioning</c> after CREATE STORE and UPDATE STORE, by <see cref="TimeProvider"/>.
    /// Zero by default in process, two seconds in the program.
    /// </summary>
    public TimeSpan ProvisionDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The SQLite file that holds the stores and survives a restart. Without one they live in memory.</summary>
    public string? DataFile { get; init; }

    /// <summary>The accounts that stores may use. A type without any account accepts every credential.</summary>
    public IReadOnlyList<EmulatorAccount> Accounts { get; init; } = [];

    /// <summary>
    /// Other keys for properties that a spec marks unverified, as a client of the SDK may be set to send them by its
    /// <c>KeyOverrides</c>, in the same text form: <c>kafka.schemaRegistryName=kafka.schema_registry_name:string</c>, several in
    /// one text divided by commas. Statements are then read by these and not by the specs' keys; accounts keep the specs'.
    /// </summary>
    public IReadOnlyList<string> KeyOverrides { get; init; } = [];

    /// <summary>Whether stores are really connected to where the emulator can: PostgreSQL stores.</summary>
    public bool LiveProbe { get; init; }

    /// <summary>The clock that states follow.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log to. Without one the emulator is silent. Secrets are never logged.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
