namespace DeltaStream.Sdk;

/// <summary>The key, and the form of the value, that replace those of the spec for one property in statements.</summary>
/// <remarks>
/// Only a property that its spec marks unverified (<see cref="StoreProperty.Unverified"/>) can be overridden. Set overrides
/// with the client's option <c>KeyOverrides</c>; no new release is needed.
/// </remarks>
/// <param name="Key">
/// The key in the WITH list: words of <c>a-z</c>, <c>0-9</c> and <c>_</c> with dots between them, such as
/// <c>kafka.schema_registry_name</c>. It may be the spec's own key, when only the value has another form.
/// </param>
/// <param name="Kind">
/// The form of the value: <see cref="StorePropertyKind.String"/> writes <c>'x'</c>, <see cref="StorePropertyKind.Identifier"/>
/// writes <c>"x"</c>. Null keeps the form of the spec. Properties of other kinds, and secrets, allow only null.
/// </param>
public sealed record StoreKeyOverride(string Key, StorePropertyKind? Kind = null);
