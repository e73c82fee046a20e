using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Uris;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Reads the spec of a generated record from the attributes of its members.</summary>
/// <remarks>What another version of the generator wrote, and this one does not know, is left out.</remarks>
internal static class RecordReader
{
    /// <summary>Reads the spec of a record.</summary>
    /// <returns>The spec; null for a type that is no generated record.</returns>
    public static StoreSpec? Read(INamedTypeSymbol type)
    {
        if (
            !SdkTypes.IsNamed(type.BaseType, "StoreArgs")
            || Attributes(type, "StoreSpecAttribute").FirstOrDefault()
                is not { ConstructorArguments: [{ Value: string subtype }] }
        )
        {
            return null;
        }

        var members = type.GetMembers().OfType<IPropertySymbol>().ToArray();
        var properties = members.SelectMany(ReadProperty).ToEquatableArray();
        return new StoreSpec
        {
            Subtype = subtype,
            Properties = properties,
            Rules = members
                .SelectMany(m => Attributes(m, "StoreRuleAttribute").SelectMany(a => ReadRule(m.Name, a, properties)))
                .ToEquatableArray(),
        };
    }

    private static IEnumerable<PropertySpec> ReadProperty(IPropertySymbol member)
    {
        foreach (var attribute in Attributes(member, "StoreValueAttribute"))
        {
            if (attribute.ConstructorArguments is not [{ Value: int kind }])
            {
                continue;
            }

            var property = new PropertySpec
            {
                Name = Names.Camel(member.Name),
                Kind = (PropertyKind)kind,
                Required = member.IsRequired,
                Secret = Named<bool>(attribute, "Secret"),
                Address = Named<bool>(attribute, "Address"),
                MinLength = Number(attribute, "MinLength") ?? 1,
                MaxLength = Number(attribute, "MaxLength"),
                Minimum = Number(attribute, "Minimum"),
                Maximum = Number(attribute, "Maximum"),
                Values = ReadValues(member.Type).ToEquatableArray(),
                File = new FileSpec(
                    string.Empty,
                    ReadContent(Number(attribute, "Content")),
                    Number(attribute, "MaxBytes")
                ),
            };
            var form = Attributes(member, "DeltaStream.Sdk.Uris", "StoreUriFormAttribute").FirstOrDefault();
            var example = Named<string>(form ?? attribute, "Example");
            yield return property with
            {
                Uri = form is null ? null : ReadForm(form),
                Default = Named<object>(attribute, "Default") is { } value
                    ? ValueReader.Of(value, property).Text
                    : null,
                Examples = example is null ? default : new[] { example }.ToEquatableArray(),
            };
        }
    }

    private static IEnumerable<EnumValueSpec> ReadValues(ITypeSymbol type)
    {
        var inner = type is INamedTypeSymbol { TypeArguments: [var argument] } ? argument : type;
        return inner.TypeKind == TypeKind.Enum
            ? inner
                .GetMembers()
                .OfType<IFieldSymbol>()
                .Where(f => f.HasConstantValue)
                .Select(f => new EnumValueSpec(Names.Camel(f.Name), string.Empty, string.Empty))
            : [];
    }

    private static string ReadContent(long? number) =>
        Names.Camel((number <= (long)StoreFileContent.Pkcs8 ? (StoreFileContent)number : default).ToString());

    private static UriSpec ReadForm(AttributeData attribute) =>
        new()
        {
            List = Named<bool>(attribute, "List"),
            Schemes = Texts(attribute, "Schemes"),
            DefaultScheme = Named<string>(attribute, "DefaultScheme"),
            PortRequired = Named<bool>(attribute, "PortRequired"),
            Path = ((StoreUriPath)(Number(attribute, "Path") ?? 0)).ToString().ToLowerInvariant(),
            SegmentName = Named<string>(attribute, "SegmentName"),
            Query = Named<bool>(attribute, "Query"),
            Instead = Texts(attribute, "Instead"),
        };

    private static IEnumerable<RuleSpec> ReadRule(
        string member,
        AttributeData attribute,
        EquatableArray<PropertySpec> properties
    )
    {
        if (attribute.ConstructorArguments is not [{ Value: int kind }, { Kind: TypedConstantKind.Array } words])
        {
            yield break;
        }

        var place = ConditionText.PlaceOf(properties, member);
        var rule = new RuleSpec { Because = Named<string>(attribute, "Because") ?? string.Empty };
        var texts = Texts(words);
        if (kind == (int)StoreRuleKind.ExactlyOne)
        {
            var ways = texts.Select(t => ConditionText.ReadWay(t, properties));
            rule = rule with { ExactlyOneOf = ways.ToEquatableArray() };
        }
        else
        {
            var places = new[] { place }.ToEquatableArray();
            rule = rule with
            {
                Conditions = texts.Select(t => ConditionText.Read(t, properties)).ToEquatableArray(),
                Require = kind == (int)StoreRuleKind.Required ? places : default,
                Forbid = kind is (int)StoreRuleKind.Forbidden or (int)StoreRuleKind.WithoutEffect ? places : default,
                WithoutEffect = kind == (int)StoreRuleKind.WithoutEffect,
                Imply =
                    kind == (int)StoreRuleKind.Implied && place >= 0 && Named<string>(attribute, "Value") is { } value
                        ? new[]
                        {
                            new ImplicationSpec(place, ConditionText.ReadValue(properties[place], value)),
                        }.ToEquatableArray()
                        : default,
            };
        }

        if (place >= 0 && rule.Conditions.All(c => c.Property >= 0) && rule.ExactlyOneOf.All(s => !s.Contains(-1)))
        {
            yield return rule;
        }
    }

    private static T? Named<T>(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value
            is { Kind: not TypedConstantKind.Array, Value: T value }
            ? value
            : default;

    private static long? Number(AttributeData attribute, string name) =>
        Named<object>(attribute, name) is { } number ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : null;

    private static EquatableArray<string> Texts(AttributeData attribute, string name) =>
        Texts(attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value).ToEquatableArray();

    private static IEnumerable<string> Texts(TypedConstant array) =>
        array.Kind == TypedConstantKind.Array ? array.Values.Select(v => v.Value).OfType<string>() : [];

    private static IEnumerable<AttributeData> Attributes(ISymbol symbol, string name) =>
        Attributes(symbol, "DeltaStream.Sdk", name);

    private static IEnumerable<AttributeData> Attributes(ISymbol symbol, string space, string name) =>
        symbol.GetAttributes().Where(a => SdkTypes.IsNamed(a.AttributeClass, space, name));
}
