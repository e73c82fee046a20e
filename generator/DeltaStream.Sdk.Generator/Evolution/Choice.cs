using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Sets of properties of which exactly one is there, whole, by names.</summary>
/// <param name="Sets">The sets.</param>
/// <param name="Path">Where in the spec.</param>
internal sealed record Choice(IReadOnlyList<HashSet<string>> Sets, string Path)
{
    public IReadOnlyList<string> Members { get; } = Sets.SelectMany(s => s).Distinct(StringComparer.Ordinal).ToArray();

    public static IReadOnlyList<Choice> Of(StoreSpec spec) =>
        spec
            .Rules.Select(
                (rule, i) =>
                    new Choice(
                        rule.ExactlyOneOf.Select(s => new HashSet<string>(
                                s.Select(p => spec.Properties[p].Name),
                                StringComparer.Ordinal
                            ))
                            .ToArray(),
                        FormattableString.Invariant($"rules/{i}/exactlyOneOf")
                    )
            )
            .Where(c => c.Sets.Count > 0)
            .ToArray();

    /// <summary>Adds what follows from the choice to what is known.</summary>
    /// <returns>Whether that was news.</returns>
    public bool Conclude(Facts known)
    {
        var possible = Sets.Where(s => Members.All(m => s.Contains(m) ? !known.IsUnset(m) : !known.IsSet(m))).ToArray();
        if (possible.Length > 1)
        {
            return false;
        }

        var news = false;
        foreach (var member in Members)
        {
            // With no set left, both are said of a member, and that is impossible.
            if (possible.Length == 0 || possible[0].Contains(member))
            {
                news |= known.Set(member);
            }

            if (possible.Length == 0 || !possible[0].Contains(member))
            {
                news |= known.Unset(member);
            }
        }

        return news;
    }

    /// <summary>Whether each declaration that made this choice, before properties came and went, makes the other one too.</summary>
    /// <param name="other">The choice of now.</param>
    /// <param name="gone">The properties that are no more: who set them has been warned.</param>
    /// <param name="isNew">Whether a property was not there before.</param>
    public bool Includes(Choice other, ISet<string> gone, Func<string, bool> isNew) =>
        Sets.Where(s => !s.Overlaps(gone)).All(s => other.Sets.Any(s.SetEquals))
        && other.Members.All(m => Members.Contains(m) || isNew(m));
}
