using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>An account as its file has it. Lives only while the file is checked; its values may be secrets.</summary>
internal sealed class Account(TextSpan place, IReadOnlyDictionary<int, JsonMember> parameters)
{
    public TextSpan Place { get; } = place;

    public IReadOnlyDictionary<int, JsonMember> Parameters { get; } = parameters;

    public bool Has(int property) => Parameters.ContainsKey(property);

    /// <summary>Whether it says outright that the rule applies, by the values of enums and booleans.</summary>
    public bool Decides(StoreSpec spec, RuleSpec rule) =>
        rule.Conditions.Count > 0
        && rule.Conditions.All(c =>
            c.Test == ConditionTest.OneOf
            && Parameters.TryGetValue(c.Property, out var member)
            && member.Value is JsonString { Value: var value }
            && c.Values.Any(v =>
                string.Equals(
                    AccountValue.TokenOf(spec.Properties[c.Property], v),
                    value,
                    StringComparison.OrdinalIgnoreCase
                )
            )
        );
}
