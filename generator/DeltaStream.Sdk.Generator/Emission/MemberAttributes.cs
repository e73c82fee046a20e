using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits what the analyzer must know of a member as attributes of it: its kind, its bounds and its rules.</summary>
internal static class MemberAttributes
{
    public static void Emit(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        var arguments = CSharp.Named(
            ("Secret", CSharp.Flag(property.Secret)),
            ("Address", CSharp.Flag(property.Address)),
            ("Default", property.Default is { } value ? CSharp.Value(spec, property, value) : null),
            ("MinLength", property.MinLength == 1 ? null : CSharp.Number(property.MinLength)),
            ("MaxLength", CSharp.Number(property.MaxLength)),
            ("Minimum", CSharp.Number(property.Minimum)),
            ("Maximum", CSharp.Number(property.Maximum)),
            ("Content", property.File is { IsPem: true } file ? CSharp.Content(file) : null),
            ("MaxBytes", CSharp.Number(property.File?.MaxBytes)),
            (
                "Example",
                property.Uri is null && property.Examples.Count > 0 ? CSharp.Literal(property.Examples[0]) : null
            )
        );
        var kind = $"{CSharp.Root}.StorePropertyKind.{property.Kind}";
        writer.Line($"[{CSharp.Root}.StoreValue({string.Join(", ", arguments.Prepend(kind))})]");
        if (property.Uri is not null)
        {
            writer.Line($"[{UriFormEmitter.Type}(\n    {string.Join(",\n    ", UriFormEmitter.Arguments(property))})]");
        }

        var place = spec.IndexOf(property);
        foreach (var rule in spec.Rules)
        {
            EmitRules(writer, spec, rule, place);
        }
    }

    private static void EmitRules(SourceWriter writer, StoreSpec spec, RuleSpec rule, int place)
    {
        if (rule.Require.Contains(place))
        {
            EmitRule("Required");
        }

        if (rule.Forbid.Contains(place))
        {
            EmitRule(rule.WithoutEffect ? "WithoutEffect" : "Forbidden");
        }

        foreach (var implied in rule.Imply.Where(m => m.Property == place))
        {
            EmitRule("Implied", Naming.CSharp.Value(spec.Properties[place], implied.Value));
        }

        if (rule.ExactlyOneOf.Count > 0 && rule.ExactlyOneOf[0][0] == place)
        {
            EmitRule("ExactlyOne");
        }

        void EmitRule(string kind, string? value = null)
        {
            var words =
                rule.ExactlyOneOf.Count > 0
                    ? rule.ExactlyOneOf.Select(way => ConditionText.WriteWay(spec, way))
                    : rule.Conditions.Select(c => ConditionText.Write(spec, c));
            var when = string.Join(", ", words.Select(CSharp.Literal));
            var implied = value is null ? string.Empty : $"Value = {CSharp.Literal(value)}, ";
            writer.Line(
                $"[{CSharp.Root}.StoreRule({CSharp.Root}.StoreRuleKind.{kind}, {when},\n    {implied}Because = {CSharp.Literal(rule.Because)})]"
            );
        }
    }
}
