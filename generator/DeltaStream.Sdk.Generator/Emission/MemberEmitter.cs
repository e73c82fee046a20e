using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits a member of the record, documented from the spec.</summary>
internal static class MemberEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        writer.Line($"/// <summary>{CSharp.Doc(property.Description)}</summary>");
        writer.Line("/// <remarks>");
        var remarks = Remarks(spec, property).ToArray();
        for (var i = 0; i < remarks.Length; i++)
        {
            writer.Line($"/// {remarks[i]}{(i < remarks.Length - 1 ? "<br/>" : string.Empty)}");
        }

        writer.Line("/// </remarks>");
        foreach (var example in property.Examples.Take(1))
        {
            writer.Line($"/// <example><c>{CSharp.Doc(example)}</c></example>");
        }

        if (property.Deprecated is { } deprecated)
        {
            writer.Line(CSharp.Obsolete(property.Member, deprecated));
        }

        var required = property.Required ? "required " : string.Empty;
        var optional = property.Required ? string.Empty : "?";
        writer.Line($"public {required}{CSharp.TypeOf(spec, property)}{optional} {property.Member} {{ get; init; }}");
        writer.Line();
    }

    private static IEnumerable<string> Remarks(StoreSpec spec, PropertySpec property)
    {
        var traits = new List<string>
        {
            property.Required ? "Required"
            : property.Default is { } value ? $"Optional, {CSharp.Doc(value)} when not set"
            : "Optional",
        };
        if (property.Secret)
        {
            traits.Add("secret");
        }

        traits.Add(property.Mutable ? "can be updated in place" : "can't be updated in place");
        yield return $"{string.Join("; ", traits)}. Sent as <c>'{property.Key}'</c>.";

        var index = spec.Properties.ToList().IndexOf(property);
        foreach (var rule in spec.Rules)
        {
            var when = CSharp.Doc(RuleWords.When(spec, rule, Naming.Spec));
            var because = CSharp.Doc(rule.Because);
            if (rule.Require.Contains(index))
            {
                yield return $"Required when {when}: {because}";
            }

            if (rule.Forbid.Contains(index))
            {
                yield return $"Must not be set when {when}: {because}";
            }

            foreach (var implied in rule.Imply.Where(m => m.Property == index))
            {
                yield return $"Is {CSharp.Doc(implied.Value)} when {when}: {because}";
            }

            if (rule.ExactlyOneOf.Any(s => s.Contains(index)))
            {
                yield return $"{CSharp.Doc(RuleWords.Choice(spec, rule, Naming.Spec))}: {because}";
            }
        }

        if (property.Deprecated is { } deprecated)
        {
            yield return CSharp.Deprecated(deprecated);
        }

        if (property.Unverified is { } reason)
        {
            yield return $"Unverified: {CSharp.Doc(reason)}";
        }
    }
}
