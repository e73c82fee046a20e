using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads that something is deprecated. Its successor is found later, when all names are known.</summary>
internal static class DeprecationReader
{
    private const string Key = "deprecated";

    public static DeprecationSpec? Read(SpecObject owner)
    {
        if (owner.Open(Key) is not { } json)
        {
            return null;
        }

        var since = json.Text("since", required: true, Names.IsVersion, "a version such as 1.2");
        var use = json.Text("use");
        json.Finish();
        return new DeprecationSpec(since ?? string.Empty, use);
    }

    /// <summary>Reports a successor that is not there, or is no way out because it is deprecated or the thing itself.</summary>
    /// <param name="owner">The property or value that is deprecated.</param>
    /// <param name="name">Its name.</param>
    /// <param name="deprecation">What the spec says.</param>
    /// <param name="others">All of its kind, and whether each is deprecated.</param>
    /// <param name="faults">Where mistakes go.</param>
    public static void Check(
        SpecObject owner,
        string name,
        DeprecationSpec? deprecation,
        IEnumerable<(string Name, bool Deprecated)> others,
        SpecFaults faults
    )
    {
        if (deprecation?.Use is not { } use || owner.Object(Key) is not { } json)
        {
            return;
        }

        var place = json.Members.First(m => m.Name == "use").Value.Span;
        var all = others.ToArray();
        if (!all.Any(o => o.Name == use))
        {
            var question = NearMatch.Question(use, all.Where(o => o.Name != name).Select(o => o.Name));
            faults.Add(SpecDiagnostics.WrongValue, place, "use", use, $"there is nothing of that name{question}");
        }
        else if (all.Any(o => o.Name == use && o.Deprecated))
        {
            faults.Contradict(
                place,
                use == name
                    ? $"'{name}' can't be used instead of itself: name another, or leave 'use' out"
                    : $"'{use}' is deprecated itself, so it is no way out: name another, or leave 'use' out"
            );
        }
    }
}
