using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaStream.Emulator.Specs;

/// <summary>A spec as it is written.</summary>
internal sealed record SpecFile(string Subtype, string Type, Dictionary<string, PropertySpec> Properties)
{
    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    public UpdateSpec? Update { get; init; }

    public ProbeSpec? Probe { get; init; }

    public DescribeSpec Describe { get; init; } = new();

    // What is for readers and editors only. It is named, so that what the emulator doesn't know is still refused.
    public string? Title { get; init; }

    public string? Description { get; init; }

    [JsonPropertyName("$schema")]
    public JsonElement Schema { get; init; }
}

internal sealed record UpdateSpec(IReadOnlyList<GroupSpec> Groups);
