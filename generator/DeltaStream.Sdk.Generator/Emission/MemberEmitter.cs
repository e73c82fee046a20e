using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits a member of the record, documented from the spec, with what the analyzer must know of it.</summary>
internal static class MemberEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        writer.Line($"/// <summary>{CSharp.Doc(property.Description)}</summary>");
        var remarks = Remarks(spec, property).Select(CSharp.Doc).Prepend(Traits(property));
        writer.Line($"/// <remarks>\n/// {string.Join("<br/>\n/// ", remarks)}\n/// </remarks>");
        foreach (var example in property.Examples.Take(1))
        {
            writer.Line($"/// <example><c>{CSharp.Doc(example)}</c></example>");
        }

        MemberAttributes.Emit(writer, spec, property);
        if (property.Deprecated is { } deprecated)
        {
            writer.Line(CSharp.Obsolete(deprecated));
        }

        var modifier =
            property.Inherited ? "override "
            : property.Required ? "required "
            : string.Empty;
        var optional = property.Required ? string.Empty : "?";
        writer.Line($"public {modifier}{CSharp.TypeOf(spec, property)}{optional} {property.Member} {{ get; init; }}");
        writer.Line();
    }

    private static string Traits(PropertySpec property)
    {
        var need =
            property.Required ? "Required"
            : property.Default is { } value ? $"Optional, {Naming.CSharp.Value(property, value)} when not set"
            : "Optional";
        var secret = property.Secret ? "; secret" : string.Empty;
        var update = property.Mutable ? "can be updated in place" : "can't be updated in place";
        return $"{need}{secret}; {update}. Sent as <c>'{property.Key}'</c>.";
    }

    private static IEnumerable<string> Remarks(StoreSpec spec, PropertySpec property)
    {
        foreach (var sentence in RuleWords.Of(spec, property, Naming.CSharp))
        {
            yield return sentence;
        }

        if (property.Deprecated is { } deprecated)
        {
            yield return RuleWords.Deprecated(deprecated, Naming.CSharp);
        }

        if (property.Unverified is { } reason)
        {
            yield return RuleWords.Unverified(reason);
        }
    }
}
