using System.Globalization;

namespace DeltaStream.Sdk.Uris;

/// <summary>Where an address stands: a property, or one item of its list. Becomes text only for a message.</summary>
internal readonly record struct UriPlace(string Property, int Index)
{
    public static implicit operator UriPlace(string property) => new(property, -1);

    public override string ToString() =>
        Index < 0 ? Property : string.Create(CultureInfo.InvariantCulture, $"{Property}[{Index}]");
}
