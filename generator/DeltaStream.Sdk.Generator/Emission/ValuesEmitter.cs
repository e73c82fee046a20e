using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits how a declaration is made of texts by name, such as a section of configuration, without reflection.</summary>
internal static class ValuesEmitter
{
    private const string Values = $"{CSharp.Root}.StoreValues";

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        writer.Line(
            $"""
            /// <summary>Makes a declaration of texts by the properties' names, such as a section of configuration.</summary>
            /// <remarks>
            /// It needs no reflection, so that it works in programs that are compiled ahead of time:
            /// <c>{spec.ClassName}.FromValues(section.AsEnumerable(makePathsRelative: true))</c>. Case does not count. A file is its
            /// path, <c>base64:</c> and its content, or the text of a PEM.
            /// </remarks>
            /// <param name="values">The texts; what is null is not set.</param>
            /// <returns>The declaration, which is not validated yet.</returns>
            /// <exception cref="{CSharp.Root}.StoreValidationException">
            /// A name is no property's, a text is no value of its property, or a required property is missing.
            /// </exception>
            """
        );
        var type = spec.Target.NameOf(spec.ClassName);
        var pair = "global::System.Collections.Generic.KeyValuePair<string, string?>";
        writer.Open($"public static {type} FromValues(global::System.Collections.Generic.IEnumerable<{pair}> values)");
        writer.Line($"var read = new {Values}({CSharp.Literal(spec.Subtype)}, values);");
        writer.Line("var store = Read(read);");
        writer.Line("read.Finish(store.Name);");
        writer.Line("return store;");
        writer.Close();
        writer.Line();
        writer.Open($"private static {type} Read({Values} read) => new {type}");
        writer.Line($"Name = {Required("string", "Text", "name")},");
        writer.Line($"Owner = read.Text(\"owner\"),");
        if (!spec.Properties.Any(p => p.Inherited))
        {
            writer.Line($"Description = read.Text({CSharp.Literal(Names.InheritedProperty)}),");
        }

        foreach (var property in spec.Properties)
        {
            writer.Line($"{property.Member} = {Value(spec, property)},");
        }

        writer.Close(";");
        writer.Line();
    }

    private static string Value(StoreSpec spec, PropertySpec property)
    {
        var type = CSharp.TypeOf(spec, property);
        var method = property.Kind switch
        {
            PropertyKind.Boolean => "Boolean",
            PropertyKind.Integer => "Integer",
            PropertyKind.Enum => $"Enum<{type}>",
            PropertyKind.File => "File",
            _ => property.Secret ? "Secret" : "Text",
        };
        string[] tokens = [.. property.Values.Select(v => CSharp.Literal(v.Token))];
        return property.Required ? Required(type, method, property.Name, tokens) : Read(method, property.Name, tokens);
    }

    private static string Required(string type, string method, string name, params string[] tokens) =>
        $"{Read(method, name, tokens)} ?? read.Missing<{type}>({CSharp.Literal(name)})";

    private static string Read(string method, string name, string[] tokens) =>
        $"read.{method}({string.Join(", ", tokens.Prepend(CSharp.Literal(name)))})";
}
