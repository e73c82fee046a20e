using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads when a rule applies.</summary>
internal static class ConditionReader
{
    public static EquatableArray<ConditionSpec> Read(
        IReadOnlyList<JsonMember> when,
        PropertyNames names,
        SpecFaults faults
    )
    {
        var conditions = new List<ConditionSpec>();
        foreach (var member in when)
        {
            var index = names.Find(member.Name, member.NameSpan);
            if (index < 0)
            {
                continue;
            }

            switch (member.Value)
            {
                case JsonString { Value: "set" or "unset" } test:
                    if (names[index].AlwaysHasValue)
                    {
                        faults.Contradict(
                            test.Span,
                            $"'{member.Name}' always has a value, so asking whether it is set says nothing: name the values instead"
                        );
                    }

                    conditions.Add(
                        new ConditionSpec(index, test.Value == "set" ? ConditionTest.Set : ConditionTest.Unset, default)
                    );
                    break;
                case JsonArray { Items.Count: > 0 } array:
                    var values = ReadValues(array, names[index], faults);
                    conditions.Add(new ConditionSpec(index, ConditionTest.OneOf, values));
                    break;
                default:
                    faults.Add(
                        SpecDiagnostics.WrongType,
                        member.Value.Span,
                        member.Name,
                        "an array of values, or 'set' or 'unset'",
                        member.Value switch
                        {
                            JsonString other => $"'{other.Value}'",
                            JsonArray => "an empty array",
                            _ => member.Value.Kind,
                        }
                    );
                    break;
            }
        }

        return conditions.ToEquatableArray();
    }

    private static EquatableArray<string> ReadValues(JsonArray array, PropertySpec property, SpecFaults faults)
    {
        var values = new List<string>();
        foreach (var item in array.Items)
        {
            if (PropertyReader.ReadValue(property, item, property.Name, faults) is not { } value)
            {
                continue;
            }

            if (values.Contains(value))
            {
                faults.Add(SpecDiagnostics.Duplicate, item.Span, "The value", value, "remove one");
                continue;
            }

            values.Add(value);
        }

        var all =
            property.Kind == PropertyKind.Boolean ? 2
            : property.Kind == PropertyKind.Enum ? property.Values.Count
            : int.MaxValue;
        if (values.Count == all)
        {
            faults.Contradict(
                array.Span,
                property.AlwaysHasValue
                    ? $"These are all values that '{property.Name}' can have, so the condition always holds: take it out"
                    : $"These are all values that '{property.Name}' can have: write 'set' instead"
            );
        }

        return values.ToEquatableArray();
    }
}
