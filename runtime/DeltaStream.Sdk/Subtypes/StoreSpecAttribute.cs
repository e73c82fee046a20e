using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>Marks a record that is generated from a spec, for the analyzer that checks declarations of it.</summary>
/// <param name="subtype">The subtype's name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoreSpecAttribute(string subtype) : Attribute
{
    /// <summary>The subtype's name.</summary>
    public string Subtype { get; } = subtype;
}
