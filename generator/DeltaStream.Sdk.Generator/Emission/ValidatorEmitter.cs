using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the validator: each property by itself, then each rule.</summary>
internal static class ValidatorEmitter
{
    private const string Codes = $"{CSharp.Root}.StoreValidationCodes";

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <inheritdoc />");
        writer.Open(
            $"protected override void ValidateProperties(ref {CSharp.Root}.Validation.StoreValidation validation)"
        );
        foreach (var property in spec.Properties)
        {
            EmitProperty(writer, spec, property);
        }

        if (!spec.Properties.Any(p => p.Inherited))
        {
            writer.Open("if (Description is not null)");
            writer.Line(
                $"validation.Fail(\"description\", {Codes}.NotSupported, {CSharp.Literal(RuleWords.NotSupported(spec))});"
            );
            writer.Close();
        }

        foreach (var rule in spec.Rules)
        {
            writer.Line();
            writer.Line($"// {CSharp.Doc(rule.Because)}");
            if (rule.ExactlyOneOf.Count > 0)
            {
                EmitChoice(writer, spec, rule);
            }
            else
            {
                EmitRule(writer, spec, rule);
            }
        }

        writer.Close();
        writer.Line();
    }

    private static void EmitProperty(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        if (property.Kind == PropertyKind.Boolean)
        {
            return;
        }

        if (property.Kind == PropertyKind.Enum)
        {
            EmitEnum(writer, spec, property);
            return;
        }

        var check = Check(property);
        if (check is null)
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
        var name = CSharp.Literal(property.Name);
        var value =
            property.Required
            || (!property.Secret && property.Kind != PropertyKind.Integer)
            || property.Kind == PropertyKind.File
                ? property.Member
                : $"{property.Member}.Value";
        var length =
            (property.MinLength == 1 ? string.Empty : $", minLength: {CSharp.Number(property.MinLength)}")
            + (property.MaxLength is { } max ? $", maxLength: {CSharp.Number(max)}" : string.Empty);
        return property.Kind switch
        {
            PropertyKind.Uris => $"validation.Uris({name}, {value}, {EffectiveEmitter.FormOf(property)});",
            PropertyKind.Identifier => $"validation.Identifier({name}, {value}{length});",
            PropertyKind.File => $"validation.File({name}, {value}, pem: {CSharp.Bool(property.File!.Pem)}"
                + (property.File.MaxBytes is { } bytes ? $", maxBytes: {CSharp.Number(bytes)}" : string.Empty)
                + ");",
            PropertyKind.Integer when property.Minimum is null && property.Maximum is null => null,
            PropertyKind.Integer => $"validation.Integer({name}, {value}"
                + (property.Minimum is { } least ? $", minimum: {CSharp.Number(least)}" : string.Empty)
                + (property.Maximum is { } most ? $", maximum: {CSharp.Number(most)}" : string.Empty)
                + ");",
            _ => $"validation.{(property.Secret ? "Secret" : "Text")}({name}, {value}{length});",
        };
    }

    private static void EmitEnum(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        var type = CSharp.TypeOf(spec, property);
        var first = $"{type}.{property.Values[0].Member}";
        var last = $"{type}.{property.Values[property.Values.Count - 1].Member}";
        writer.Open($"if ({property.Member} is < {first} or > {last})");
        writer.Line(
            $"validation.Fail({CSharp.Literal(property.Name)}, {Codes}.NotInSet, "
                + CSharp.Literal(RuleWords.NotInSet(spec, property))
                + ");"
        );
        writer.Close();
        writer.Line();
    }

    private static void EmitRule(SourceWriter writer, StoreSpec spec, RuleSpec rule)
    {
        writer.Open($"if ({RuleCode.Applies(spec, rule)})");
        foreach (var index in rule.Require)
        {
            var property = spec.Properties[index];
            EmitFailure(
                writer,
                $"{property.Member} is null",
                property,
                "Missing",
                RuleWords.Missing(spec, rule, property)
            );
        }

        foreach (var index in rule.Forbid)
        {
            var property = spec.Properties[index];
            EmitFailure(
                writer,
                $"{property.Member} is not null",
                property,
                "Forbidden",
                RuleWords.Forbidden(spec, rule, property)
            );
        }

        foreach (var implied in rule.Imply)
        {
            var property = spec.Properties[implied.Property];
            EmitFailure(
                writer,
                $"{property.Member} is not null and not {CSharp.Value(spec, property, implied.Value)}",
                property,
                "Contradiction",
                RuleWords.Contradiction(spec, rule, property, implied.Value)
            );
        }

        writer.Close();
    }

    private static void EmitChoice(SourceWriter writer, StoreSpec spec, RuleSpec rule)
    {
        var none = string.Join(
            "\n    && ",
            rule.ExactlyOneOf.Select(s => $"!({RuleCode.IsChosen(spec, rule, s)})")
        );
        var first = spec.Properties[rule.ExactlyOneOf[0][0]];
        EmitFailure(writer, none, first, "NotExactlyOne", RuleWords.NotExactlyOne(spec, rule));
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
        writer.Line($"validation.Fail({CSharp.Literal(property.Name)}, {Codes}.{code}, {CSharp.Literal(message)});");
        writer.Close();
        writer.Line();
    }
}
