using CsCheck;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Language;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Generator.Tests.Schemas;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>
/// The analyzer and the validator never disagree: of random constant declarations they say the same. The environment
/// variable CsCheck_Seed repeats a failure.
/// </summary>
public sealed class AgreementTests : IDisposable
{
    private static readonly SpecFile[] s_files =
    [
        .. Repository.All(),
        SpecFile.Of(
            DemoSpec.Subtype,
            DemoSpec.With("\"description\": \"Who.\"", "\"description\": \"Who.\", \"minLength\": 2, \"maxLength\": 5")
        ),
    ];

    private static readonly StoreSpec[] s_specs = [.. s_files.Select(DeclarationText.Read)];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.OneOf<string>([
            .. AwkwardValues.Texts,
            "xy",
            "long enough",
            "\ud83d",
            "\ud83d\ude80",
            "x\udb40\udc20",
            "漢\udb40\udd00",
            .. AwkwardValues.Flags,
        ]),
        Gen.String[0, 6]
    );

    private static readonly Gen<string> s_address = Gen.OneOf(
        RandomDeclarations.Address,
        RandomDeclarations.Address,
        Gen.OneOf<string>("https://[::x]", "[::x]:1", "https://h:99999999999", "[h]:1", "h:\ud83d")
    );

    private static readonly Gen<string> s_file = Gen.OneOf<string>([.. AwkwardValues.Files]);

    private readonly GeneratedStores _stores = GeneratedStores.Of(s_files);
    private readonly Compilation _generated = Generation.Of(s_files).Compiled();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public void Of_random_constants_they_say_the_same() =>
        Gen.Int[0, s_specs.Length - 1]
            .Select(i => s_specs[i])
            .SelectMany(
                s => Gen.Select(Members(s, whole: true), Members(s, whole: false)),
                (spec, members) => new Draft(spec, members.Item1, members.Item2)
            )
            .Array[Declarations]
            .Sample(drafts => Disagreement(drafts) is null, iter: Iterations, print: d => Disagreement(d)!, threads: 1);

    private string? Disagreement(Draft[] drafts)
    {
        var lines = drafts.SelectMany(
            (d, i) =>
                new[]
                {
                    $"    static readonly {d.Spec.ClassName} A{i} = {DeclarationText.Creation(d.Spec, d.Members)};",
                    $"    static object B{i}() => A{i} with {DeclarationText.Braces(d.Spec, d.Changes)};",
                }
        );
        var code = $"#nullable enable\nusing DeltaStream.Sdk;\nclass C\n{{\n{string.Join('\n', lines)}\n}}\n";
        var said = _generated
            .With(code)
            .Analyze()
            .GetAwaiter()
            .GetResult()
            .Where(d => d.Id != "DS2010")
            .ToLookup(d => d.Location.GetLineSpan().StartLinePosition.Line - 4, d => d.Said());
        for (var i = 0; i < drafts.Length; i++)
        {
            var (spec, before) = (drafts[i].Spec, Validate(drafts[i].Spec, drafts[i].Members));
            var changed = drafts[i].Members.Concat(drafts[i].Changes).GroupBy(m => m.Key).Select(g => g.Last());
            var after = Validate(spec, changed);

            // A 'with' is told what it brings; what was wrong before it is told where that was declared.
            foreach (var (line, expected) in new[] { (2 * i, before), ((2 * i) + 1, after.Except(before).ToArray()) })
            {
                var actual = said[line].Order(StringComparer.Ordinal).ToArray();
                if (!actual.SequenceEqual(expected.Order(StringComparer.Ordinal)))
                {
                    return $"{code.Split('\n')[line + 4]}\nvalidator: {string.Join("; ", expected)}\nanalyzer: {string.Join("; ", actual)}";
                }
            }
        }

        return null;
    }

    private string[] Validate(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members) =>
        [.. _stores.Declare(spec.ClassName, members.Select(m => (m.Key, m.Value))).Validate().Select(f => f.Message)];

    private static Gen<Dictionary<string, object>> Members(StoreSpec spec, bool whole) =>
        RandomDeclarations.Of(spec, p => Value(spec, p), s_text, whole ? 60 : 12, whole ? 20 : 12);

    private static Gen<object> Value(StoreSpec spec, PropertySpec property)
    {
        var right = Gen.Const(new MadeUpValues(spec).Of(property));
        var any = property.Kind switch
        {
            PropertyKind.Boolean => Gen.Bool.Select(b => (object)b),
            PropertyKind.Integer => Gen.OneOf(Gen.Long[-2, 12], Gen.OneOf(long.MinValue, long.MaxValue, 443L, 65536L))
                .Select(n => (object)n),
            PropertyKind.Enum => Gen.Int[-1, property.Values.Count + 1]
                .Select(n => n > 0 && n <= property.Values.Count ? property.Values[n - 1].Member : (object)n),
            PropertyKind.Uris => s_address.Select(a => (object)a),
            PropertyKind.File => s_file.Select(f => (object)f),
            PropertyKind.String when property.Address => Gen.OneOf(s_text, s_address).Select(a => (object)a),
            _ => s_text.Select(t => (object)t),
        };
        return Gen.OneOf(any, right, right);
    }

    private sealed record Draft(StoreSpec Spec, Dictionary<string, object> Members, Dictionary<string, object> Changes);

    private const int Declarations = 60;

    private const int Iterations = 8;
}
