using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the argument record of a subtype, with its enums.</summary>
internal static class ArgsEmitter
{
    public static string Emit(StoreSpec spec)
    {
        var writer = new SourceWriter();
        writer.Line(CSharp.Header(spec.Target));
        if (spec.HasDeprecated)
        {
            writer.Line(CSharp.UsesDeprecated);
        }

        writer.Line();
        writer.Open($"namespace {spec.Target.Namespace}");
        writer.Line(
            $"/// <summary>Declares a store: {CSharp.Doc(spec.Title)}. {CSharp.Doc(spec.Description)}</summary>"
        );
        writer.Line($"/// <remarks>It becomes <c>CREATE STORE ... WITH ( 'type' = {spec.Type}, ... )</c>.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"[{CSharp.Root}.StoreSpec({CSharp.Literal(spec.Subtype)})]");
        writer.Open($"{spec.Target.Accessibility} sealed partial record {spec.ClassName} : {CSharp.Root}.StoreArgs");

        foreach (var property in spec.Properties)
        {
            MemberEmitter.Emit(writer, spec, property);
        }

        var rules = new RuleCode(spec);
        DefinitionEmitter.Emit(writer, spec);
        ValuesEmitter.Emit(writer, spec);
        EmitIndexes(writer, spec);
        UriFormEmitter.Emit(writer, spec);
        EffectiveEmitter.Emit(writer, spec, rules);
        rules.Emit(writer);
        ValidatorEmitter.Emit(writer, spec, rules);
        ValueEmitter.Emit(writer, spec, rules);
        StatementEmitter.Emit(writer, spec);
        writer.Close();

        foreach (var property in spec.Properties.Where(p => p.Kind == PropertyKind.Enum))
        {
            EnumEmitter.Emit(writer, spec, property);
        }

        writer.Close();
        return writer.ToString();
    }

    private static void EmitIndexes(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <summary>The properties' places in the spec.</summary>");
        writer.Open("private static class PropertyIndex");
        for (var i = 0; i < spec.Properties.Count; i++)
        {
            writer.Line($"public const int {spec.Properties[i].Member} = {CSharp.Number(i)};");
        }

        writer.Close();
        writer.Line();
    }
}
