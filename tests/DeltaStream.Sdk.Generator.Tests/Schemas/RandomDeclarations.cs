using CsCheck;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>Random declarations of any spec.</summary>
internal static class RandomDeclarations
{
    /// <summary>An address of parts that each check must judge alike.</summary>
    public static readonly Gen<string> Address = Gen.Select(
            Gen.OneOf(AwkwardValues.Schemes.ToArray()),
            Gen.OneOf(AwkwardValues.Hosts.ToArray()),
            Gen.OneOf(AwkwardValues.Ports.ToArray()),
            Gen.OneOf(AwkwardValues.Paths.ToArray()),
            Gen.OneOf(AwkwardValues.Tails.ToArray())
        )
        .Select(p => p.Item1 + p.Item2 + p.Item3 + p.Item4 + p.Item5);

    private static readonly Gen<string> s_text = Gen.Frequency(
        (2, Gen.Const("x")),
        (1, Gen.OneOf(AwkwardValues.Texts.ToArray()))
    );

    /// <summary>Members and their values, as <see cref="DeclarationText"/> writes them; mostly near to right.</summary>
    public static Gen<Dictionary<string, object>> Of(StoreSpec spec) =>
        Of(spec, p => Value(spec, p), s_text, required: 55, optional: 25);

    /// <summary>Members and their values.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="value">The values of a property.</param>
    /// <param name="text">The values of the members that every store has.</param>
    /// <param name="required">In how many of sixty a required member is set.</param>
    /// <param name="optional">In how many of sixty an optional member is set.</param>
    public static Gen<Dictionary<string, object>> Of(
        StoreSpec spec,
        Func<PropertySpec, Gen<object>> value,
        Gen<string> text,
        int required,
        int optional
    ) =>
        spec
            .Properties.Select(p => (p.Member, Most: p.Required ? required : optional, Value: value(p)))
            .Append((Member: "Name", Most: required, Value: text.Select(t => (object)t)))
            .Append((Member: "Owner", Most: optional, Value: text.Select(t => (object)t)))
            .Append((Member: "Description", Most: optional, Value: text.Select(t => (object)t)))
            .DistinctBy(m => m.Member)
            .Select(m =>
                Gen.Select(Gen.Int[1, 60], m.Value, (dice, value) => (m.Member, Value: dice <= m.Most ? value : null))
            )
            .Aggregate(
                Gen.Const(Enumerable.Empty<(string Member, object? Value)>()),
                (sum, one) => Gen.Select(sum, one, (some, more) => some.Append(more))
            )
            .Select(ms =>
                ms.Where(m => m.Value is not null).ToDictionary(m => m.Member, m => m.Value!, StringComparer.Ordinal)
            );

    /// <summary>What the analyzer, which agrees with the validator, says of a declaration.</summary>
    public static IReadOnlyList<string> Faults(StoreSpec spec, IReadOnlyDictionary<string, object> members) =>
        [
            .. RuleEvaluator
                .Evaluate(
                    spec,
                    m =>
                        members.TryGetValue(m, out var value) ? MemberValue.Of(Text(spec, m, value)) : MemberValue.Unset
                )
                .Select(f => f.Message)
                .Concat(spec.Properties.Where(p => p.Required && !members.ContainsKey(p.Member)).Select(p => p.Name))
                .Concat(members.ContainsKey("Name") ? [] : ["Name"]),
        ];

    private static string Text(StoreSpec spec, string member, object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            string text => spec.Properties.FirstOrDefault(p => p.Member == member)
                ?.Values.FirstOrDefault(v => v.Member == text)
                ?.Name
                ?? text,
            _ => FormattableString.Invariant($"{value}"),
        };

    private static Gen<object> Value(StoreSpec spec, PropertySpec property)
    {
        var right = Gen.Const(new MadeUpValues(spec).Of(property));
        return property.Kind switch
        {
            PropertyKind.Boolean => Gen.Bool.Select(b => (object)b),
            PropertyKind.Integer => Gen.OneOf(right, Gen.Long[-2, 12].Select(n => (object)n), Bounds(property)),
            PropertyKind.Enum => Gen.Int[0, property.Values.Count - 1].Select(n => (object)property.Values[n].Member),
            PropertyKind.Uris => Gen.OneOf(right, Address.Select(a => (object)a)),
            // What is in a file a schema can't see.
            PropertyKind.File
                when property.File is { MaxBytes: { } most } && most < RightValues.FileOf(property).Length => Gen.Const(
                (object)""
            ),
            PropertyKind.File => Gen.OneOf(right, right, Gen.Const((object)"")),
            _ => Gen.OneOf(right, s_text.Select(t => (object)t)),
        };
    }

    private static Gen<object> Bounds(PropertySpec property) =>
        Gen.OneOf(
                property.Minimum ?? long.MinValue,
                property.Maximum ?? long.MaxValue,
                (property.Minimum ?? 1) - 1,
                (property.Maximum ?? -1) + 1
            )
            .Select(n => (object)n);
}
