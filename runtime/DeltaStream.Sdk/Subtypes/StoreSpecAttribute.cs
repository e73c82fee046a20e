using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>Carries the spec that a record was generated from, for the analyzer that checks declarations of it.</summary>
/// <remarks>The generator puts it on its records; there is no reason to write it by hand.</remarks>
/// <param name="json">The spec, as compact JSON.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoreSpecAttribute(string json) : Attribute
{
    /// <summary>The spec, as compact JSON.</summary>
    public string Json { get; } = json;
}
