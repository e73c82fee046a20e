using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Language;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Rules;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>Every rule of every spec: the wrong declaration is refused by the compiler, the right one is not.</summary>
public sealed class RuleTableTests
{
    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    [Theory]
    [MemberData(nameof(Subtypes))]
    public async Task Every_rule_is_caught_and_the_words_are_the_validators(string subtype)
    {
        var spec = SpecOf(subtype);
        var cases = new RuleCases(new RightValues(spec)).All().ToArray();
        var (said, errors) = await Compile(cases.SelectMany(c => new[] { c.Wrong.Members, c.Right.Members }), spec);

        Assert.NotEmpty(cases);
        for (var i = 0; i < cases.Length; i++)
        {
            var (one, wrong, right) = (cases[i], 2 * i, (2 * i) + 1);
            Assert.True(said[right].Count == 0, $"{one.Property} {one.Rule}: {string.Join("; ", said[right])}");
            Assert.Empty(errors[right]);
            Assert.Empty(Validated(spec, one.Right.Members));
            if (one.Id == RuleCases.Compiler)
            {
                Assert.Equal([one.Id], errors[wrong]);
                continue;
            }

            Assert.Empty(errors[wrong]);
            Assert.True(said[wrong].Any(d => d.Id == one.Id), $"{one.Property} {one.Rule}: {one.Id} is not said");
            Assert.Equal(
                Validated(spec, one.Wrong.Members),
                said[wrong].Select(d => d.Said()).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void The_page_of_rules_is_what_the_specs_say() =>
        Assert.True(
            RulePage.Of([.. Repository.All().Select(DeclarationText.Read)]).Text
                == File.ReadAllText(Path.Combine(Repository.Root, "docs", "rules.md")),
            "docs/rules.md is not what the specs say: run eng/write-docs, and read the difference."
        );

    private IEnumerable<string> Validated(StoreSpec spec, IReadOnlyDictionary<string, object> members) =>
        GeneratedStores
            .All.Declare(spec.ClassName, members.Select(m => (m.Key, m.Value)))
            .Validate()
            .Select(f => f.Message)
            .Order(StringComparer.Ordinal);

    private static StoreSpec SpecOf(string subtype) => DeclarationText.Read(Repository.Spec(subtype));

    private static async Task<(IReadOnlyList<Diagnostic>[] Said, string[][] Errors)> Compile(
        IEnumerable<IReadOnlyDictionary<string, object>> declarations,
        StoreSpec spec
    )
    {
        var lines = declarations
            .Select((d, i) => $"    static object C{i}() => {DeclarationText.Creation(spec, d)};")
            .ToArray();
        var compilation = Analyzing.Generated($"#nullable enable\nclass C\n{{\n{string.Join('\n', lines)}\n}}\n");
        var said = (await compilation.Analyze()).Where(d => d.Id != "DS2010").ToLookup(LineOf);
        var errors = compilation.Errors().ToLookup(LineOf, d => d.Id);
        return (
            [.. lines.Select((_, i) => (IReadOnlyList<Diagnostic>)[.. said[i]])],
            [.. lines.Select((_, i) => errors[i].ToArray())]
        );
    }

    private static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line - 3;
}
