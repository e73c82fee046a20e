using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares the rules of a spec with those that were shipped, by their structure.</summary>
/// <remarks>
/// Each demand of a rule must stand in one shipped rule, for the same cases or for more. Nothing is proved: what follows
/// only from several rules together is refused.
/// </remarks>
internal sealed class RuleComparison(StoreSpec shipped, StoreSpec current)
{
    private readonly Dictionary<string, PropertySpec> _were = ByName(shipped);
    private readonly Dictionary<string, PropertySpec> _are = ByName(current);

    public IEnumerable<SpecBreak> Compare() => CompareDemands().Concat(CompareChoices());

    private IEnumerable<SpecBreak> CompareDemands()
    {
        var before = RuleDemand.Of(shipped, _are).ToArray();
        var now = RuleDemand.Of(current, _were).ToArray();
        return now.Where(n => !before.Any(b => b.Covers(n)))
            .Select(Added)
            .Concat(before.Where(b => !now.Any(n => n.Covers(b))).Select(Lost).OfType<SpecBreak>());
    }

    private static SpecBreak Added(RuleDemand demand)
    {
        var what = demand.Effect switch
        {
            "require" => "is required",
            "forbid" => "must not be set",
            _ => $"must be {demand.Value}",
        };
        return SpecBreak.Stricter(
            demand.Path,
            $"When {demand.Words}, '{demand.Property}' {what} now",
            "take that out of the rule, or write the rule as it was shipped"
        );
    }

    // An implied value is in effect though nobody sets it, and an update may take away what is forbidden.
    private SpecBreak? Lost(RuleDemand demand) =>
        demand.Effect switch
        {
            "imply" when _are[demand.Property].Default is var other && other != demand.Value => SpecBreak.Changed(
                "rules",
                $"What '{demand.Property}' is when {demand.Words}",
                demand.Value,
                other ?? "what is set",
                "declarations that leave it out would mean something else; imply it again"
            ),
            "forbid" when GoesOnlyIfForbidden(demand.Property) => SpecBreak.Stricter(
                "rules",
                $"When {demand.Words}, '{demand.Property}' isn't forbidden and so can't be taken away by an update any more",
                "forbid it again, or set its 'unset' to omit or null"
            ),
            _ => null,
        };

    // Whoever chose one set, whole and nothing of the others, can choose it now, too.
    private IEnumerable<SpecBreak> CompareChoices()
    {
        var before = ChoicesOf(shipped).ToArray();
        var now = ChoicesOf(current).ToArray();
        foreach (var (path, sets) in now.Where(n => !before.Any(b => Offers(n.Sets, b.Sets))))
        {
            yield return SpecBreak.Stricter(
                path,
                "This choice is new or offers less",
                "allow what was allowed, or take the choice away"
            );
        }

        foreach (var property in MembersOf(before).Except(MembersOf(now)).Where(GoesOnlyIfForbidden))
        {
            yield return SpecBreak.Stricter(
                "rules",
                $"'{property}' is in no choice any more and so can't be taken away by an update",
                "put the choice back, or set its 'unset' to omit or null"
            );
        }
    }

    private bool Offers(HashSet<string>[] now, HashSet<string>[] before) =>
        before.Where(s => s.All(_are.ContainsKey)).All(s => now.Any(s.SetEquals))
        && now.SelectMany(s => s).Where(_were.ContainsKey).All(p => before.Any(s => s.Contains(p)));

    private bool GoesOnlyIfForbidden(string property) =>
        _were[property].Mutable && _are.TryGetValue(property, out var now) && now is { Mutable: true, Unset: "refuse" };

    private static IEnumerable<string> MembersOf(IEnumerable<(string Path, HashSet<string>[] Sets)> choices) =>
        choices.SelectMany(c => c.Sets).SelectMany(s => s);

    private static IEnumerable<(string Path, HashSet<string>[] Sets)> ChoicesOf(StoreSpec spec) =>
        spec
            .Rules.Select((rule, i) => (FormattableString.Invariant($"rules/{i}/exactlyOneOf"), SetsOf(spec, rule)))
            .Where(c => c.Item2.Length > 0);

    private static HashSet<string>[] SetsOf(StoreSpec spec, RuleSpec rule) =>
        [
            .. rule.ExactlyOneOf.Select(s => new HashSet<string>(
                s.Select(p => spec.Properties[p].Name),
                StringComparer.Ordinal
            )),
        ];

    private static Dictionary<string, PropertySpec> ByName(StoreSpec spec) =>
        spec.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
}
