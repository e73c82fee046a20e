using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>
/// Checks the members of a spec that say what its properties are used for: <c>probe</c> and <c>describe</c>.
/// </summary>
/// <remarks>An emulator reads them from the file. No model holds them, so that an edit of them emits nothing anew.</remarks>
internal static class PropertyUses
{
    private static readonly string[] s_protocols = ["postgresql"];

    private static readonly Use[] s_probe =
    [
        new("address", PropertyKind.Uris, IsNeeded: true),
        new("username", PropertyKind.String, IsNeeded: true),
        new("password", PropertyKind.String, IsNeeded: true),
        new("tlsDisabled", PropertyKind.Boolean),
        new("verifyHostname", PropertyKind.Boolean),
        new("authority", PropertyKind.File),
    ];

    private static readonly Use[] s_describe =
    [
        new("tlsDisabled", PropertyKind.Boolean),
        new("verifyHostname", PropertyKind.Boolean),
        new("schemaRegistry", PropertyKind.Identifier),
    ];

    public static void Check(SpecObject root, PropertyNames names, SpecFaults faults)
    {
        if (root.Open("probe") is { } probe)
        {
            probe.Choice("protocol", required: true, s_protocols);
            CheckUses(probe, s_probe, names, faults);
        }

        if (root.Open("describe", filled: true) is { } describe)
        {
            CheckUses(describe, s_describe, names, faults);
        }
    }

    private static void CheckUses(SpecObject json, Use[] uses, PropertyNames names, SpecFaults faults)
    {
        foreach (var use in uses)
        {
            var name = use.IsNeeded ? json.RequiredText(use.Key) : json.Text(use.Key);
            var place = json.PlaceOf(use.Key);
            if (name is null || names.Find(name, place) is not (var index and >= 0))
            {
                continue;
            }

            var property = names[index];
            if (property.Kind == PropertyKind.Unknown)
            {
                continue;
            }

            if (property.Kind != use.Kind)
            {
                Contradicts(
                    $"'{use.Key}' is for a property of kind {Word(use.Kind)}, and '{name}' is of kind {Word(property.Kind)}: name another"
                );
            }
            else if (property.Uri is { List: true })
            {
                Contradicts(
                    $"'{name}' may hold several addresses, and only one can be probed: leave 'probe' out, or 'list'"
                );
            }
            else if (use.Kind == PropertyKind.Uris && !property.Required)
            {
                Contradicts($"Without '{name}' there is nothing to probe: make it required, or leave 'probe' out");
            }

            void Contradicts(string message) => faults.Contradict(place, message);
        }

        json.Finish();
    }

    private static string Word(PropertyKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>A use that a property is put to.</summary>
    /// <param name="Key">What the spec calls it.</param>
    /// <param name="Kind">The kind that the property must be of.</param>
    /// <param name="IsNeeded">Whether it can't do without.</param>
    private sealed record Use(string Key, PropertyKind Kind, bool IsNeeded = false);
}
