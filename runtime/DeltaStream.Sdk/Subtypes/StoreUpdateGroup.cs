using System.ComponentModel;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk;

/// <summary>Properties that an update always sends together, because the service checks them as one whole.</summary>
/// <param name="Members">The properties.</param>
/// <param name="Always">Whether every update sends them, even one that changes none of them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StoreUpdateGroup(StorePropertySet Members, bool Always);
