using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Addresses, ARNs, keys and names in the styles of the sources' public documentation: each must pass everywhere.</summary>
internal static class RealWorldValues
{
    /// <summary>The list beside the program: a property such as <c>kafka.uris</c>, a space, and the value, on each line.</summary>
    public static IReadOnlyList<(string Subtype, string Property, string Value)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "RealWorld", "values.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0].Split('.')[0], parts[0].Split('.')[1], parts[1])),
    ];

    /// <summary>A declaration that has the value, and what must stand beside it.</summary>
    /// <param name="values">The values of what stands beside it.</param>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="SpecGapException">The validator takes none.</exception>
    public static Declaration Declare(RightValues values, string property, string value)
    {
        var spec = values.Spec;
        var member = Names.Pascal(property);
        var given = Declaration.Of(spec, values.StoreName).With(member, value);
        foreach (var start in Ways(given))
        {
            if (Completion.Of(start, values, out _) is { } whole)
            {
                return whole;
            }
        }

        Completion.Of(given, values, out var failures);
        throw new SpecGapException(
            $"{spec.Subtype}.{property} = {value}: {string.Join("; ", failures.Select(f => f.Message))}"
        );
    }

    // Where a rule forbids the value, another value of what decides allows it.
    private static IEnumerable<Declaration> Ways(Declaration given) =>
        given
            .Spec.Rules.SelectMany(r => r.Conditions)
            .Where(c => c.Test == ConditionTest.OneOf && !given.Has(given.Spec.Properties[c.Property]))
            .SelectMany(c => c.Values.Select(v => (Property: given.Spec.Properties[c.Property], Value: v)))
            .Select(v => given.With(v.Property, DeclaredValue.OfSpec(v.Property, v.Value)))
            .Prepend(given);
}
