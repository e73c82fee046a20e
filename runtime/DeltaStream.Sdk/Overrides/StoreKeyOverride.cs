namespace DeltaStream.Sdk;

/// <summary>How a property whose spelling is not certain is written in statements, in place of what the spec says.</summary>
/// <remarks>
/// For properties that a spec marks unverified (<see cref="StoreProperty.Unverified"/>), so that one can send the other spelling
/// without waiting for a release: see <see cref="StoreClientOptions.KeyOverrides"/>.
/// </remarks>
/// <param name="Key">
/// The key in the WITH list: words of <c>a-z</c>, <c>0-9</c> and <c>_</c> with dots between them, such as
/// <c>kafka.schema_registry_name</c>. It may be the spec's own, where only the value is written otherwise.
/// </param>
/// <param name="Kind">
/// How the value is written: <see cref="StorePropertyKind.String"/> as <c>'x'</c>, <see cref="StorePropertyKind.Identifier"/> as
/// <c>"x"</c>. Null to write it as the spec says; nothing else is possible for properties of other kinds and for secrets.
/// </param>
public sealed record StoreKeyOverride(string Key, StorePropertyKind? Kind = null);
