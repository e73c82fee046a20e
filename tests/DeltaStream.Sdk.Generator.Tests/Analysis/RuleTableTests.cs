using System.Text;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Language;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>Every rule of every spec: the wrong declaration is refused by the compiler, the right one is not.</summary>
public sealed class RuleTableTests : IDisposable
{
    private readonly GeneratedStores _stores = GeneratedStores.Of(Repository.All());

    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    public void Dispose() => _stores.Dispose();

    [Theory]
    [MemberData(nameof(Subtypes))]
    public async Task Every_rule_is_caught_and_the_words_are_the_validators(string subtype)
    {
        var spec = SpecOf(subtype);
        var cases = new RuleCases(spec, _stores).All().ToArray();
        var (said, errors) = await Compile(cases.SelectMany(c => new[] { c.Wrong, c.Right }), spec);

        Assert.True(cases.Length > 10);
        for (var i = 0; i < cases.Length; i++)
        {
            var (one, wrong, right) = (cases[i], 2 * i, (2 * i) + 1);
            Assert.True(said[right].Count == 0, $"{one.Property} {one.Rule}: {string.Join("; ", said[right])}");
            Assert.Empty(errors[right]);
            Assert.Empty(Validated(spec, one.Right));
            if (one.Id == RuleCases.Compiler)
            {
                Assert.Equal([one.Id], errors[wrong]);
                continue;
            }

            Assert.Empty(errors[wrong]);
            Assert.True(said[wrong].Any(d => d.Id == one.Id), $"{one.Property} {one.Rule}: {one.Id} is not said");
            Assert.Equal(Validated(spec, one.Wrong), said[wrong].Select(d => d.Said()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_table_in_the_documentation_lists_them_all()
    {
        var page = Path.Combine(Repository.Root, "docs", "rules.md");
        var written = File.ReadAllText(page);
        var expected = Table();
        if (written != expected && Environment.GetEnvironmentVariable("WRITE_RULES") == "1")
        {
            File.WriteAllText(page, expected);
        }

        Assert.True(
            written == expected,
            "docs/rules.md is not what the specs say: run this test once with the environment variable WRITE_RULES=1, and read the difference."
        );
    }

    private string Table()
    {
        var text = new StringBuilder(
            """
            # Rules

            Every rule of every spec, and what catches it. The tests write this page from the specs, declare each wrong store,
            and compare what the compiler says with what the validator says.

            **CS9035** is the compiler's own error for a `required` member. **DS** errors are the
            [analyzer's](diagnostics/README.md): they catch what the code shows. Whatever the code doesn't show, such as a value
            read from configuration, the validator catches when the program runs, with the same words and before anything is
            sent. What can only be wrong at run time, such as a certificate in a file, is the validator's alone.

            """
        );
        foreach (var spec in Repository.Subtypes.Select(SpecOf))
        {
            text.Append(
                null,
                $"\n## {spec.Title}\n\n| Property | Rule | Compiler | Validator |\n| --- | --- | --- | --- |\n"
            );
            foreach (var one in new RuleCases(spec, _stores).All())
            {
                var id = one.Id == RuleCases.Compiler ? one.Id : $"[{one.Id}](diagnostics/{one.Id}.md)";
                var validator = one.Id == RuleCases.Compiler ? "yes, of null" : "yes";
                text.Append(null, $"| `{one.Property}` | {one.Rule} | {id} | {validator} |\n");
            }
        }

        return text.ToString();
    }

    private IEnumerable<string> Validated(StoreSpec spec, IReadOnlyDictionary<string, object> members) =>
        _stores
            .Declare(spec.ClassName, members.Select(m => (m.Key, m.Value)))
            .Validate()
            .Select(f => f.Message)
            .Order(StringComparer.Ordinal);

    private static StoreSpec SpecOf(string subtype) => DeclarationText.Read(Repository.Spec(subtype));

    private static async Task<(IReadOnlyList<Diagnostic>[] Said, string[][] Errors)> Compile(
        IEnumerable<IReadOnlyDictionary<string, object>> declarations,
        StoreSpec spec
    )
    {
        var file = Repository.All().Single(f => f.Path == $"specs/{spec.Subtype}.store.json");
        var lines = declarations
            .Select((d, i) => $"    static object C{i}() => {DeclarationText.Creation(spec, d)};")
            .ToArray();
        var compilation = Analyzing.Generated($"#nullable enable\nclass C\n{{\n{string.Join('\n', lines)}\n}}\n", file);
        var said = (await compilation.Analyze()).Where(d => d.Id != "DS2010").ToLookup(LineOf);
        var errors = compilation
            .GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree?.FilePath == Analyzing.File)
            .ToLookup(LineOf, d => d.Id);
        return (
            [.. lines.Select((_, i) => (IReadOnlyList<Diagnostic>)[.. said[i]])],
            [.. lines.Select((_, i) => errors[i].ToArray())]
        );
    }

    private static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line - 3;
}
