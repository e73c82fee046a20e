using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the enum of a property.</summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        writer.Line();
        writer.Line($"/// <summary>{CSharp.Doc(property.Description)}</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Open($"{spec.Target.Accessibility} enum {spec.EnumName(property)}");
        // The default of the type is no value, so that a required one that configuration lacks is not the first by chance.
        var number = " = 1";
        foreach (var value in property.Values)
        {
            writer.Line($"/// <summary>{CSharp.Doc(value.Description)}</summary>");
            var end = value.Deprecated is { } d ? $" {RuleWords.Deprecated(d, Naming.CSharp)}" : string.Empty;
            writer.Line($"/// <remarks>Sent as <c>{value.Token}</c>.{end}</remarks>");
            if (value.Deprecated is { } deprecated)
            {
                writer.Line(CSharp.Obsolete(deprecated));
            }

            writer.Line($"{value.Member}{number},");
            number = string.Empty;
            writer.Line();
        }

        writer.Close();
    }
}
