using System.Collections;
using System.Reflection;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Caching;

/// <summary>What steps hand on must be small and comparable: a symbol or a tree in it would keep a whole compilation alive.</summary>
public sealed class ModelTests
{
    private static readonly Type[] s_forbidden =
    [
        typeof(ISymbol),
        typeof(SyntaxNode),
        typeof(Location),
        typeof(SyntaxTree),
        typeof(Compilation),
        typeof(AdditionalText),
        typeof(SemanticModel),
        typeof(Microsoft.CodeAnalysis.Text.SourceText),
        typeof(Delegate),
        typeof(Sdk.Generator.Json.JsonValue),
    ];

    [Fact]
    public void No_step_hands_on_what_belongs_to_a_compilation()
    {
        var generation = Generation.Of([
            .. Repository.All(),
            SpecFile.Of("demo", DemoSpec.With("\"title\"", "\"tilte\"")),
            new SpecFile("other/kafka.store.json", Repository.Spec("kafka").GetText()!),
            SpecFile.Shipped("gone", DemoSpec.Text.Replace("\"demo\"", "\"gone\"", StringComparison.Ordinal)),
            SpecFile.Shipped(
                "kafka",
                Repository.Spec("kafka").GetText()!.ToString().Replace("\"KAFKA\"", "\"K\"", StringComparison.Ordinal)
            ),
        ]);
        var outputs = StepNames
            .All.SelectMany(s => generation.Result.TrackedSteps[s])
            .SelectMany(s => s.Outputs)
            .Select(o => o.Value)
            .ToArray();

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
        {
            Walk(output, output.GetType().Name, seen);
        }

        // The walk saw what it is about: models, diagnostics and claims.
        Assert.Contains(seen, o => o is Specs.PropertySpec);
        Assert.Contains(seen, o => o is Sdk.Generator.Diagnostics.LocationRecord);
        Assert.Contains(seen, o => o is Sdk.Generator.Reading.TypeClaim);
        Assert.Contains(seen, o => o is Specs.StoreSpec { Subtype: "gone" });
        Assert.Contains(seen, o => o is Sdk.Generator.Diagnostics.DiagnosticRecord { Descriptor.Id: "DS1020" });
        Assert.Contains(seen, o => o is Sdk.Generator.Diagnostics.DiagnosticRecord { Descriptor.Id: "DS1021" });
    }

    [Fact]
    public void Two_readings_of_a_spec_are_equal_in_every_part()
    {
        static object[] Read() =>
            [
                .. Repository
                    .All()
                    .Append(SpecFile.Of("demo", DemoSpec.With("\"title\"", "\"tilte\"")))
                    .Select(s => Sdk.Generator.Reading.SpecReader.Read(s.Path, s.GetText())),
            ];

        var (first, second) = (Read(), Read());

        Assert.Equal(first, second);
        Assert.Equal(first.Select(r => r.GetHashCode()), second.Select(r => r.GetHashCode()));
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string or DiagnosticDescriptor || value.GetType().IsPrimitive || value.GetType().IsEnum)
        {
            return;
        }

        if (!value.GetType().IsValueType && !seen.Add(value))
        {
            return;
        }

        Assert.False(Array.Exists(s_forbidden, f => f.IsInstanceOfType(value)), $"{path} is a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, $"{path}[]", seen);
            }
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }
}
