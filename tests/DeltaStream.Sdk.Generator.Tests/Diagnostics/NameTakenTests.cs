using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

/// <summary>Names that generated code claims: a clash is our diagnostic, with a namespace to write, and never the compiler's. Issue 11, number 13.</summary>
public sealed class NameTakenTests
{
    private static readonly SpecFile s_demo = SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text);

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    [Theory]
    // The issue's: another project with the same root namespace has specs of its own.
    [InlineData("public static class StoreSubtypes { }", "error", "The C# type 'Acme.StoreSubtypes'")]
    [InlineData("public static partial class StoreSubtypes { }", "error", "The C# type 'Acme.StoreSubtypes'")]
    [InlineData(
        "public sealed partial record DemoStoreArgs;",
        "specs/demo.store.json(2,14): error",
        "The C# type 'Acme.DemoStoreArgs'"
    )]
    [InlineData("public enum DemoMode { }", "specs/demo.store.json(11,5): error", "The C# type 'Acme.DemoMode'")]
    [InlineData(
        "public enum DemoMode { } public class DemoStoreArgs { }",
        "specs/demo.store.json(2,14): error",
        "The C# type 'Acme.DemoStoreArgs'"
    )]
    public void A_type_of_a_referenced_project(string type, string place, string name)
    {
        var generation = InProject("Acme.App", "Acme", [], Library("Acme.Core", $"namespace Acme {{ {type} }}"));

        generation.AssertPrints(
            $"{place} DS1026: {name}, which generated code needs, means something else in Acme.Core: write <DeltaStreamNamespace>Acme.App</DeltaStreamNamespace> in the project"
        );
        AssertNoClash(generation);
        AssertRemedy("Acme.App", "Acme.App", [], Library("Acme.Core", $"namespace Acme {{ {type} }}"));
    }

    [Theory]
    [InlineData("namespace Acme { internal static class StoreSubtypes { } }")]
    [InlineData("namespace Acme { public static class StoreSubtypes<T> { } }")]
    [InlineData("namespace Acme.Core { public static class StoreSubtypes { } public class DemoStoreArgs { } }")]
    [InlineData("namespace Acme { public static class Other { public static class StoreSubtypes { } } }")]
    [InlineData("namespace Acme { public static class Storesubtypes { } }")]
    public void A_name_that_is_no_clash(string library)
    {
        var generation = InProject("Acme.App", "Acme", [], Library("Acme.Core", library));

        generation.AssertPrints();
        Assert.Equal(2, generation.Sources.Count);
        AssertNoClash(generation);
    }

    [Fact]
    public void An_internal_type_counts_where_it_is_in_sight()
    {
        const string Code =
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Acme.App\")] namespace Acme { internal static class StoreSubtypes { } }";

        var generation = InProject("Acme.App", "Acme", [], Library("Acme.Core", Code));

        Assert.Equal(["DS1026"], generation.Diagnostics.Select(d => d.Id));
        AssertNoClash(generation);
    }

    [Fact]
    public void A_reference_with_an_alias_is_out_of_the_way()
    {
        var library = Library("Acme.Core", "namespace Acme { public static class StoreSubtypes { } }");

        var generation = InProject("Acme.App", "Acme", [], library.WithAliases(["core"]));

        generation.AssertPrints();
        AssertNoClash(generation);
    }

    [Theory]
    [InlineData("enum DemoStoreArgs { }", "specs/demo.store.json(2,14): error", "type 'Acme.DemoStoreArgs'")]
    [InlineData("sealed record DemoStoreArgs;", "specs/demo.store.json(2,14): error", "type 'Acme.DemoStoreArgs'")]
    [InlineData("partial class DemoStoreArgs { }", "specs/demo.store.json(2,14): error", "type 'Acme.DemoStoreArgs'")]
    [InlineData("delegate void DemoMode();", "specs/demo.store.json(11,5): error", "type 'Acme.DemoMode'")]
    [InlineData("partial class StoreSubtypes { }", "error", "type 'Acme.StoreSubtypes'")]
    [InlineData("static class StoreSubtypes { }", "error", "type 'Acme.StoreSubtypes'")]
    [InlineData("namespace StoreSubtypes { class X { } }", "error", "type 'Acme.StoreSubtypes'")]
    public void A_type_of_the_projects_own(string type, string place, string name)
    {
        string[] code = [$"#pragma warning disable\nnamespace Acme {{ {type} }}"];
        var generation = InProject("Acme", "Acme", code);

        generation.AssertPrints(
            $"{place} DS1026: The C# {name}, which generated code needs, means something else in Mine0.cs: write <DeltaStreamNamespace>Acme.Stores</DeltaStreamNamespace> in the project"
        );
        AssertNoClash(generation);
        AssertRemedy("Acme", "Acme.Stores", code);
    }

    [Theory]
    [InlineData("public partial record DemoStoreArgs { /// <summary>A day.</summary>\npublic string? Day => null; }")]
    [InlineData(
        "public static partial class StoreSubtypes { /// <summary>Mine.</summary>\npublic const int Mine = 1; }"
    )]
    [InlineData("sealed partial record DemoStoreArgs; partial record DemoStoreArgs;")]
    public void The_other_half_of_a_generated_type_is_no_clash(string type)
    {
        var generation = InProject("Acme", "Acme", [$"#nullable enable\nnamespace Acme {{ {type} }}"]);

        generation.AssertPrints();
        AssertNoClash(generation);
    }

    [Theory]
    [InlineData("class Acme { }", "Acme", "The namespace 'Acme'", "App.One")]
    [InlineData("namespace Acme { class Stores { } }", "Acme.Stores", "The namespace 'Acme.Stores'", "App.One")]
    [InlineData("namespace Acme { class Stores { } }", "Acme.Stores.Ours", "The namespace 'Acme.Stores'", "App.One")]
    [InlineData("enum Acme { } class App { }", "Acme", "The namespace 'Acme'", "App_One_Stores")]
    [InlineData("class @class { }", "class.Own", "The namespace 'class'", "App.One")]
    public void A_namespace_that_is_a_type(string type, string root, string name, string remedy)
    {
        string[] code = [$"#pragma warning disable\n{type}"];
        var generation = InProject("App.One", root, code);

        generation.AssertPrints(
            $"error DS1026: {name}, which generated code needs, means something else in Mine0.cs: write <DeltaStreamNamespace>{remedy}</DeltaStreamNamespace> in the project"
        );
        Assert.Empty(generation.Sources);
        AssertNoClash(generation);
        AssertRemedy("App.One", remedy, code);
    }

    [Theory]
    [InlineData("", "Acme.App", "Acme.App")]
    [InlineData(" ", "my-app", "my_app")]
    [InlineData(".", "2nd app", "_2nd_app")]
    [InlineData("", "Acme.class", "Acme.class")]
    [InlineData("..", "Acme", "Acme")]
    public void An_empty_root_namespace(string root, string assembly, string remedy)
    {
        var generation = InProject(assembly, root, []);

        generation.AssertPrints(
            $"error DS1015: The MSBuild property 'DeltaStreamNamespace' can't be '': the root namespace is empty, too; write <DeltaStreamNamespace>{remedy}</DeltaStreamNamespace> in the project"
        );
        Assert.All(
            generation.Sources.Values,
            s => Assert.DoesNotContain("namespace DeltaStream.Sdk", s, StringComparison.Ordinal)
        );
        AssertNoClash(generation);
        AssertRemedy(assembly, remedy, []);
    }

    [Fact]
    public void Every_member_of_a_record_and_of_an_object_is_refused_as_a_property()
    {
        var generation = InProject("Acme", "Acme", []);
        var record = generation.Compiled().GetTypeByMetadataName("Acme.DemoStoreArgs")!;
        var members = new List<string>();
        for (var type = record; type is not null; type = type.BaseType)
        {
            members.AddRange(type.GetMembers().Where(m => m.CanBeReferencedByName).Select(m => m.Name));
        }

        var own = new[]
        {
            "Uris",
            "Mode",
            "User",
            "Password",
            "Retries",
            "Quiet",
            "Group",
            "Cert",
            Names.Pascal(Names.InheritedProperty),
        };
        Assert.All(
            members.Distinct(StringComparer.Ordinal).Except(own, StringComparer.Ordinal),
            m => Assert.True(Names.IsReserved(m), $"A property could be called {m}.")
        );
    }

    [Theory]
    [InlineData("class")]
    [InlineData("namespace")]
    [InlineData("system")]
    [InlineData("string")]
    [InlineData("field")]
    [InlineData("value")]
    [InlineData("record")]
    [InlineData("demoMode")]
    [InlineData("storeSubtypes")]
    [InlineData("secret")]
    [InlineData("storeFile")]
    [InlineData("deltaStream")]
    [InlineData("acme")]
    public void A_property_with_any_other_name_compiles(string name)
    {
        var spec = SpecFile.Of(
            DemoSpec.Subtype,
            DemoSpec.With(
                "\"group\": {",
                $"\"{name}\": {{ \"key\": \"demo.other\", \"kind\": \"enum\", \"description\": \"x\", \"values\": {{ \"{name}\": {{ \"token\": \"X\", \"description\": \"x\" }}, \"toString\": {{ \"token\": \"Y\", \"description\": \"x\" }} }} }},\n    \"group\": {{"
            )
        );

        var generation = InProject("Acme", "Acme", [], spec, references: null);

        generation.AssertPrints();
        AssertNoClash(generation);
    }

    private static Generation InProject(
        string assembly,
        string root,
        string[] code,
        params IReadOnlyList<MetadataReference> references
    ) => InProject(assembly, root, code, s_demo, references);

    private static Generation InProject(
        string assembly,
        string root,
        string[] code,
        SpecFile spec,
        IReadOnlyList<MetadataReference>? references = null,
        string property = "RootNamespace"
    )
    {
        var generation = Generation.Of(LanguageVersion.Latest, new ProjectProperties((property, root)), spec);
        return generation.Again(
            compilation: generation
                .Compilation.WithAssemblyName(assembly)
                .AddReferences(references ?? [])
                .AddSyntaxTrees(code.Select((c, i) => CSharpSyntaxTree.ParseText(c, s_options, $"Mine{i}.cs")))
        );
    }

    // What the message says, done to the letter.
    private static void AssertRemedy(
        string assembly,
        string remedy,
        string[] code,
        params IReadOnlyList<MetadataReference> references
    )
    {
        var generation = InProject(assembly, remedy, code, s_demo, references, "DeltaStreamNamespace");

        generation.AssertPrints();
        Assert.Equal(2, generation.Sources.Count);
        AssertNoClash(generation);
    }

    // The compiler has nothing to say, and least of all CS0436, which the tests suppress elsewhere.
    private static void AssertNoClash(Generation generation)
    {
        var compiled = generation.Compiled();
        compiled
            .WithOptions(
                compiled.Options.WithSpecificDiagnosticOptions(
                    compiled.Options.SpecificDiagnosticOptions.SetItem("CS0436", ReportDiagnostic.Error)
                )
            )
            .AssertClean();
    }

    private static PortableExecutableReference Library(string name, string code)
    {
        using var image = new MemoryStream();
        var result = Compiling
            .Compile(s_options, $"#pragma warning disable\n{code}")
            .WithAssemblyName(name)
            .Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
