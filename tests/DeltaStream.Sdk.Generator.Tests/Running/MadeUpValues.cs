using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Right values also of specs without examples.</summary>
internal sealed class MadeUpValues(StoreSpec spec) : RightValues(spec)
{
    protected override string WithoutExample(PropertySpec property) =>
        property.Uri is { } uri
            ? (uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : string.Empty)
                + "h.example.com:1"
                + (uri.Path == "segment" ? "/s" : string.Empty)
            : Filled(property);
}
