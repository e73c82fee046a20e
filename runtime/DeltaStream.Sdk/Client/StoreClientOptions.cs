using DeltaStream.Sdk.Overrides;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Sdk;

/// <summary>The options of a <see cref="StoreClient"/>. How long it waits is not an option (D-012).</summary>
public sealed class StoreClientOptions
{
    /// <summary>The clock of every wait.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs: the start and the end of operations at Information, each poll of the catalog at Debug.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// How often a connection over the PostgreSQL protocol is opened again, that can't be opened for now; from 0 to 10, 3 by default.
    /// Nothing was sent. Over REST the data source's own <see cref="DeltaStream.Data.DeltaStreamOptions.MaxRetries"/> counts.
    /// </summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>
    /// About how long to wait before the first of these retries, at most 1 minute; half a second by default. Each wait is twice as
    /// long as the one before, and none is longer than half a minute or this.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs each read of the catalog, such as Polly's <c>pipeline.ExecuteAsync</c>: it may run a read several times, limit its time, or
    /// refuse it. Null by default.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A read is a SELECT or DESCRIBE up to its first row, with the retries of the transport: a look-up, a list, a plan's look, and
    /// each poll of a wait. It is given to the pipeline with a token, and throws what the transport throws. What the pipeline throws
    /// itself counts as a failure of the service that may pass: a wait goes on with the next poll, and every other operation ends in a
    /// <see cref="StoreBackendException"/>.
    /// </para>
    /// <para>Statements that change something never go through it, because none may be sent twice.</para>
    /// <code>
    /// new StoreClientOptions { ReadPipeline = pipeline.ExecuteAsync }
    /// </code>
    /// </remarks>
    public Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask>? ReadPipeline { get; init; }

    /// <summary>
    /// Whether secrets travel in a file of properties beside the statement, and not in its text (NFR-005, D-002). False by
    /// default.
    /// </summary>
    /// <remarks>
    /// Unverified: one source names the key, <c>properties.file</c>, and none shows the layout of the file. The SDK sends flat
    /// YAML with the keys of the statement. It needs DeltaStream's REST API; the PostgreSQL protocol carries no files. It does
    /// not affect what counts as changed.
    /// </remarks>
    public bool AttachSecrets { get; init; }

    /// <summary>
    /// Other keys for properties that a spec marks unverified, by the property with its subtype, such as
    /// <c>kafka.schemaRegistryName</c>. Empty by default: every property is sent as its spec says.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Where the sources about the service disagree, the spec chooses one form and says so in
    /// <see cref="StoreProperty.Unverified"/>. If the service wants the other form, set it here, and CREATE and UPDATE send it:
    /// </para>
    /// <code>
    /// new StoreClientOptions
    /// {
    ///     KeyOverrides =
    ///     {
    ///         // 'schema_registry.name' = "sr" becomes 'kafka.schema_registry_name' = 'sr'
    ///         ["kafka.schemaRegistryName"] = new("kafka.schema_registry_name", StorePropertyKind.String),
    ///     },
    /// }
    /// </code>
    /// <para>
    /// The constructor of the client refuses an unknown property, a property with a certain key, a text that is not a key, the
    /// key of another property, and any kind but string and identifier. Later changes of the collection have no effect. An
    /// override changes only statements: failures and validation still name the property by its own name.
    /// </para>
    /// </remarks>
    public IDictionary<string, StoreKeyOverride> KeyOverrides { get; init; } =
        new Dictionary<string, StoreKeyOverride>(StringComparer.Ordinal);

    /// <summary>
    /// The subtypes of a project's own specs: the <c>All</c> of the project's <c>StoreSubtypes</c>. <see cref="KeyOverrides"/>
    /// may name their properties, and <see cref="StoreClient.DescribeAsync"/> and plans know their stores without a declaration.
    /// The client always knows the subtypes of the SDK. Empty by default.
    /// </summary>
    public IReadOnlyList<StoreSubtype> OwnSubtypes { get; init; } = [];

    /// <summary>Reads <see cref="KeyOverrides"/> from text, such as an environment variable or a command line.</summary>
    /// <remarks>
    /// An override is <c>property=key</c> or <c>property=key:kind</c>, where the kind is <c>string</c> or <c>identifier</c>.
    /// Commas separate several: <c>kafka.schemaRegistryName=kafka.schema_registry_name:string</c>. Blanks around the parts don't
    /// count. The constructor of the client checks whether the property exists.
    /// </remarks>
    /// <param name="text">The text. Null and blanks hold no overrides.</param>
    /// <returns>The overrides, by property.</returns>
    /// <exception cref="FormatException">The text has another form, or overrides a property twice; the message says where.</exception>
    public static IDictionary<string, StoreKeyOverride> ParseKeyOverrides(string? text) => KeyOverrideText.Parse(text);
}
