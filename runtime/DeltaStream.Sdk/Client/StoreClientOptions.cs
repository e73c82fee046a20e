using DeltaStream.Sdk.Spelling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Sdk;

/// <summary>What a <see cref="StoreClient"/> works with. How long it waits is not an option (D-012).</summary>
public sealed record StoreClientOptions
{
    /// <summary>The clock that waiting goes by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs: start and end of operations at Information, each look at the catalog at Debug.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Other spellings of properties that a spec marks unverified, by the property with its subtype, such as
    /// <c>kafka.schemaRegistryName</c>; empty to send every property as its spec says.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Where the sources about the service disagree, the spec chooses one spelling and says so in
    /// <see cref="StoreProperty.Unverified"/>. If the service wants the other one, say it here, and CREATE and UPDATE send it:
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
    /// The client refuses when it is made what can't be: a property that there is not or whose key is certain, a key that is
    /// none or is another property's, a kind other than string and identifier. Later changes of the collection have no effect.
    /// Only statements are spelled otherwise; failures, validation and everything else call the property by its name.
    /// </para>
    /// </remarks>
    public IDictionary<string, StoreKeyOverride> KeyOverrides { get; init; } =
        new Dictionary<string, StoreKeyOverride>(StringComparer.Ordinal);

    /// <summary>
    /// The subtypes of a project's own specs whose properties <see cref="KeyOverrides"/> names: the <c>All</c> of that project's
    /// <c>StoreSubtypes</c>. Those of the SDK are known without it. Empty by default.
    /// </summary>
    public IReadOnlyList<StoreSubtype> OwnSubtypes { get; init; } = [];

    /// <summary>Reads <see cref="KeyOverrides"/> from a text, such as an environment variable's or a command line's.</summary>
    /// <remarks>
    /// Each is <c>property=key</c> or <c>property=key:kind</c>, where the kind is <c>string</c> or <c>identifier</c>; several are
    /// divided by commas: <c>kafka.schemaRegistryName=kafka.schema_registry_name:string</c>. Blanks around the parts don't count.
    /// Whether there is such a property is checked when the client is made.
    /// </remarks>
    /// <param name="text">The text; null and blanks are no overrides.</param>
    /// <returns>The overrides, by property.</returns>
    /// <exception cref="FormatException">The text is not of that form, or overrides a property twice; the message says where.</exception>
    public static IDictionary<string, StoreKeyOverride> ParseKeyOverrides(string? text) => KeyOverrideText.Parse(text);
}
