using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>
/// Checks the members of a spec that say what its properties are used for: <c>probe</c> and <c>describe</c>.
/// </summary>
/// <remarks>
/// An emulator reads both from the file. No model holds <c>probe</c>, so that an edit of it emits nothing anew.
/// </remarks>
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

    /// <returns>Where DESCRIBE STORE shows properties, by their names: a member of <c>describe</c>.</returns>
    public static IReadOnlyDictionary<string, string> Read(SpecObject root, PropertyNames names, SpecFaults faults)
    {
        var described = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Open("probe") is { } probe)
        {
            probe.Choice("protocol", required: true, s_protocols);
            CheckUses(probe, s_probe, names, faults, []);
        }

        if (root.Open("describe", filled: true) is { } describe)
        {
            foreach (var detail in describe.Members("details"))
            {
                if (detail.Value is not JsonString { Value: var name })
                {
                    faults.Add(
                        SpecDiagnostics.WrongType,
                        detail.Value.Span,
                        detail.Name,
                        "a string",
                        detail.Value.Kind
                    );
                }
                else if (names.Find(name, detail.Value.Span) is var index and >= 0)
                {
                    CheckDetail(detail, names[index], faults);
                    described[name] = $"details.{detail.Name}";
                }
            }

            CheckUses(describe, s_describe, names, faults, described);
        }

        return described;
    }

    // Kinds whose values DESCRIBE STORE and a statement write in the same way.
    private static void CheckDetail(JsonMember detail, PropertySpec property, SpecFaults faults)
    {
        if (property.Secret)
        {
            faults.Contradict(
                detail.Value.Span,
                $"'{property.Name}' is a secret, and DESCRIBE STORE shows none: name another"
            );
        }
        else if (
            property.Kind
            is not (PropertyKind.String or PropertyKind.Integer or PropertyKind.Identifier or PropertyKind.Unknown)
        )
        {
            faults.Contradict(
                detail.Value.Span,
                $"A detail is a string, an integer or an identifier, and '{property.Name}' is of kind {Word(property.Kind)}: name another"
            );
        }
    }

    private static void CheckUses(
        SpecObject json,
        Use[] uses,
        PropertyNames names,
        SpecFaults faults,
        Dictionary<string, string> places
    )
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
            places[name] = use.Key;
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
