using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>Each diagnostic has a page, and the page tells the truth.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly DiagnosticDescriptor[] s_specs = Fields(typeof(SpecDiagnostics));

    private static readonly DiagnosticDescriptor[] s_declarations = Fields(typeof(DeclarationDiagnostics));

    private static readonly DiagnosticDescriptor[] s_all = [.. s_specs, .. s_declarations];

    public static TheoryData<string> Ids => [.. s_all.Select(d => d.Id)];

    public static TheoryData<string> SpecIds => [.. s_specs.Select(d => d.Id)];

    public static TheoryData<string> DeclarationIds => [.. s_declarations.Select(d => d.Id)];

    [Fact]
    public void No_ID_is_used_twice_and_they_stand_in_order() =>
        Assert.Equal(s_all.Select(d => d.Id).Distinct().Order(StringComparer.Ordinal), s_all.Select(d => d.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_with_its_title_and_a_link_from_the_index(string id)
    {
        var descriptor = s_all.Single(d => d.Id == id);
        var title = descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.StartsWith($"# {id}: {title}\n", Page(id), StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {title} |\n", Page("README"), StringComparison.Ordinal);
        Assert.True(
            descriptor.HelpLinkUri.Length == 0
                || Uri.TryCreate(descriptor.HelpLinkUri, UriKind.Absolute, out var link)
                    && link.AbsolutePath.EndsWith($"/docs/diagnostics/{id}.md", StringComparison.Ordinal),
            descriptor.HelpLinkUri
        );
    }

    [Fact]
    public void The_description_says_what_the_page_says_and_how_to_fix_it()
    {
        var description = DeclarationDiagnostics.Missing.Description.ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );

        Assert.StartsWith(
            "What a store needs depends on its other values: a password on",
            description,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Set the property that the message names; the code fix sets",
            description,
            StringComparison.Ordinal
        );
        Assert.All(
            s_all.Select(d => d.Description.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            d => Assert.DoesNotMatch("^$|\n|## |```", d)
        );
    }

    [Theory]
    [MemberData(nameof(SpecIds))]
    public void Each_page_shows_what_the_compiler_prints(string id)
    {
        var page = Page(id);
        var specs = Example()
            .Matches(page)
            .Select(m => new SpecFile(m.Groups["file"].Value, m.Groups["text"].Value)
            {
                IsShipped = m.Groups["file"].Value.StartsWith("shipped/", StringComparison.Ordinal),
            })
            .Concat(
                Absent()
                    .Matches(page)
                    .Select(m => new SpecFile(m.Groups["file"].Value, (Microsoft.CodeAnalysis.Text.SourceText?)null))
            );

        var properties = Property().Matches(page).ToArray();
        // Where a page names properties or the built-in subtypes, it is about a project that has the SDK as a package.
        var generation =
            properties.Length == 0
                ? Generation.Of(specs)
                : Generation.Of(
                    Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest,
                    new ProjectProperties(
                        properties.ToDictionary(p => p.Groups["name"].Value, p => p.Groups["value"].Value)
                    ),
                    specs
                );

        if (Code().Match(page) is { Success: true } code)
        {
            var name = AssemblyName().Match(page).Groups["value"].Value;
            generation = generation.Again(
                compilation: generation.Compilation.With(code.Groups["text"].Value).WithAssemblyName(name)
            );
        }

        Assert.Contains(generation.Diagnostics, d => d.Id == id);
        Assert.Equal(
            Printed().Match(page).Groups["text"].Value,
            string.Join('\n', generation.Diagnostics.Select(d => d.ToString()))
        );
    }

    [Theory]
    [MemberData(nameof(DeclarationIds))]
    public async Task Each_page_of_a_declaration_shows_what_the_compiler_prints(string id)
    {
        var page = Page(id);
        var code = Code().Match(page).Groups["text"].Value;

        var compilation = Analyzing.Generated(code);
        var diagnostics = await compilation.Analyze();

        Assert.Contains(diagnostics, d => d.Id == id);
        Assert.DoesNotContain(compilation.Errors(), d => d.Id != "CS1591");
        var file = Code().Match(page).Groups["file"].Value;
        var printed = string.Join(
            '\n',
            diagnostics.Select(d =>
                $"{file}{Place(d)}: {(d.DefaultSeverity == DiagnosticSeverity.Error ? "error" : "warning")} {d.Id}: {d.Said()}"
            )
        );
        Assert.True(Printed().Match(page).Groups["text"].Value == printed, $"The compiler says:\n{printed}\n.");
    }

    [Fact]
    public void There_is_no_page_without_a_diagnostic() =>
        Assert.Equal(
            s_all.Select(d => d.Id).Append("README").Order(StringComparer.Ordinal),
            Directory
                .GetFiles(Folder, "*.md")
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Order(StringComparer.Ordinal)
        );

    private static DiagnosticDescriptor[] Fields(Type type) =>
        [.. type.GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>()];

    private static string Place(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        return $"({start.Line + 1},{start.Character + 1})";
    }

    private static string Folder => Path.Combine(Repository.Root, "docs", "diagnostics");

    private static string Page(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.md"));

    [GeneratedRegex(
        @"^In `(?<file>[^`]+)`:\n\n```json\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Example();

    [GeneratedRegex(
        "^  <(?<name>[A-Za-z]+)>(?<value>[^<]*)</",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Property();

    [GeneratedRegex(
        "^  <AssemblyName>(?<value>[^<]*)</",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex AssemblyName();

    [GeneratedRegex(
        @"^In `(?<file>[^`]+)`:\n\n```csharp\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Code();

    [GeneratedRegex(
        "^`(?<file>[^`]+)` does not exist",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Absent();

    [GeneratedRegex(
        @"^The compiler says:\n\n```text\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Printed();
}
