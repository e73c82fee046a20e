using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads how UPDATE STORE is composed.</summary>
internal static class GroupReader
{
    public static EquatableArray<GroupSpec> Read(SpecObject root, PropertyNames names, SpecFaults faults)
    {
        if (root.Open("update") is not { } update)
        {
            return default;
        }

        var groups = new List<GroupSpec>();
        foreach (var group in update.OpenAll("groups", "An update group", required: true))
        {
            var always = group.Flag("always");
            var members = names.FindAll(group.Texts("members", required: true));
            var because = group.RequiredText("because") ?? string.Empty;
            group.Finish();
            foreach (var (index, span) in members.Where(m => !names[m.Index].Mutable))
            {
                faults.Contradict(
                    span,
                    $"'{names[index].Name}' is not mutable, so no update can send it: make it mutable, or take it out of the group"
                );
            }

            groups.Add(new GroupSpec(members.Select(m => m.Index).ToEquatableArray(), always, because));
        }

        update.Finish();
        return groups.ToEquatableArray();
    }
}
