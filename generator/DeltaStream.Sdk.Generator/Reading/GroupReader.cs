using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads how UPDATE STORE is composed.</summary>
internal static class GroupReader
{
    public static EquatableArray<GroupSpec> Read(JsonObject? update, PropertyNames names, SpecFaults faults)
    {
        var groups = new List<GroupSpec>();
        if (update is null)
        {
            return default;
        }

        var json = new SpecObject(update, "'update'", SpecObject.Brace(update), faults);
        foreach (var item in json.Array("groups", required: true)?.Items ?? [])
        {
            if (item is not JsonObject value)
            {
                faults.Add(
                    SpecDiagnostics.WrongType,
                    item.Span,
                    "groups",
                    "an array of objects",
                    $"an array with {item.Kind}"
                );
                continue;
            }

            var group = new SpecObject(value, "An update group", SpecObject.Brace(value), faults);
            var always = group.Flag("always");
            var members = names.FindAll(group.Texts("members", required: true));
            var because = group.RequiredText("because") ?? string.Empty;
            group.Finish();
            foreach (var member in members.Where(m => !names[m.Index].Mutable))
            {
                faults.Add(
                    SpecDiagnostics.Contradiction,
                    member.Span,
                    $"'{names[member.Index].Name}' is not mutable, so no update can send it: make it mutable, or take it out of the group"
                );
            }

            groups.Add(new GroupSpec(members.Select(m => m.Index).ToEquatableArray(), always, because));
        }

        json.Finish();
        return groups.ToEquatableArray();
    }
}
