using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the validator: each property by itself, then each rule.</summary>
internal static class ValidatorEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec, RuleCode rules)
    {
        writer.Line("/// <inheritdoc />");
        writer.Open(
            $"protected override void ValidateProperties(ref {CSharp.Root}.Validation.StoreValidation validation)"
        );
        foreach (var property in spec.Properties)
        {
            EmitProperty(writer, spec, property);
        }

        foreach (var rule in spec.Rules)
        {
            writer.Line();
            writer.Line($"// {CSharp.Doc(rule.Because)}");
            if (rule.ExactlyOneOf.Count > 0)
            {
                var none = string.Join(" && ", rules.Applies(rule).Select(a => $"!{a}"));
                var first = spec.Properties[rule.ExactlyOneOf[0][0]];
                EmitFailure(writer, none, first, "NotExactlyOne", RuleWords.NotExactlyOne(spec, rule));
            }
            else
            {
                EmitRule(writer, spec, rule, rules);
            }
        }

        writer.Close();
        writer.Line();
    }

    private static void EmitProperty(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        if (property.Kind == PropertyKind.Enum)
        {
            var type = CSharp.TypeOf(spec, property);
            var least = property.Required ? $"default({type})" : $"{type}.{property.Values[0].Member}";
            var isOutside =
                $"{property.Member} is < {least} or > {type}.{property.Values[property.Values.Count - 1].Member}";
            if (property.Required)
            {
                var isMissing = $"{property.Member} is default({type})";
                EmitFailure(writer, isMissing, property, "Missing", RuleWords.NoValue(spec, property));
            }

            EmitFailure(writer, isOutside, property, "NotInSet", RuleWords.NotInSet(spec, property));
            return;
        }

        if (Check(property) is not { } check)
        {
            return;
        }

        if (property.Required)
        {
            writer.Line(check);
            return;
        }

        writer.Open($"if ({property.Member} is not null)");
        writer.Line(check);
        writer.Close();
    }

    private static string? Check(PropertySpec property)
    {
        var bounds = CSharp.Named(
            separator: ": ",
            ("minLength", property.MinLength == 1 ? null : CSharp.Number(property.MinLength)),
            ("maxLength", CSharp.Number(property.MaxLength)),
            ("minimum", CSharp.Number(property.Minimum)),
            ("maximum", CSharp.Number(property.Maximum)),
            ("content", property.File is { } file ? CSharp.Content(file) : null),
            ("maxBytes", CSharp.Number(property.File?.MaxBytes))
        );
        var isStruct =
            property.Kind == PropertyKind.Integer || (property.Secret && property.Kind == PropertyKind.String);
        var value = property.Required || !isStruct ? property.Member : $"{property.Member}.Value";
        var method = property.Kind switch
        {
            PropertyKind.Boolean => null,
            PropertyKind.Integer => property.Minimum is null && property.Maximum is null ? null : "Integer",
            PropertyKind.String => property.Secret ? "Secret"
            : property.Address ? "Address"
            : "Text",
            var kind => kind.ToString(),
        };
        var form = property.Uri is null ? [] : new[] { UriFormEmitter.FormOf(property) };
        return method is null
            ? null
            : $"validation.{method}({string.Join(", ", new[] { CSharp.Literal(property.Name), value }.Concat(form).Concat(bounds))});";
    }

    private static void EmitRule(SourceWriter writer, StoreSpec spec, RuleSpec rule, RuleCode rules)
    {
        writer.Open($"if ({rules.Applies(rule).First()})");
        foreach (var property in rule.Require.Select(p => spec.Properties[p]))
        {
            var message = RuleWords.Missing(spec, rule, property);
            EmitFailure(writer, $"{property.Member} is null", property, "Missing", message);
        }

        foreach (var property in rule.Forbid.Select(p => spec.Properties[p]))
        {
            var message = RuleWords.Forbidden(spec, rule, property);
            EmitFailure(writer, $"{property.Member} is not null", property, "Forbidden", message);
        }

        foreach (var (index, value) in rule.Imply)
        {
            var property = spec.Properties[index];
            var contradicts = $"{property.Member} is not null and not {CSharp.Value(spec, property, value)}";
            var message = RuleWords.Contradiction(spec, rule, property, value);
            EmitFailure(writer, contradicts, property, "Contradiction", message);
        }

        writer.Close();
    }

    private static void EmitFailure(
        SourceWriter writer,
        string condition,
        PropertySpec property,
        string code,
        string message
    )
    {
        writer.Open($"if ({condition})");
        writer.Line(
            $"validation.Fail({CSharp.Literal(property.Name)}, {CSharp.Root}.StoreValidationCodes.{code}, {CSharp.Literal(message)});"
        );
        writer.Close();
        writer.Line();
    }
}
