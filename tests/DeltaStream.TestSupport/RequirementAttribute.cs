using Xunit.Abstractions;
using Xunit.Sdk;

namespace DeltaStream.TestSupport;

/// <summary>Names the requirements of the specification that a test shows: <c>dotnet test --filter Requirement=FR-003</c>.</summary>
[TraitDiscoverer("DeltaStream.TestSupport.RequirementDiscoverer", "DeltaStream.TestSupport")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequirementAttribute(params string[] requirements) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Requirements { get; } = requirements;
}

/// <summary>Turns <see cref="RequirementAttribute"/> into traits.</summary>
public sealed class RequirementDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        traitAttribute
            .GetNamedArgument<IReadOnlyList<string>>(nameof(RequirementAttribute.Requirements))
            .Select(r => KeyValuePair.Create("Requirement", r));
}
