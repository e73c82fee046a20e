using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>The named arguments of an attribute, with their values.</summary>
internal sealed class NamedArguments(AttributeData attribute)
{
    private readonly Dictionary<string, TypedConstant> _all = attribute.NamedArguments.ToDictionary(
        a => a.Key,
        a => a.Value,
        StringComparer.Ordinal
    );

    public object? Value(string name) =>
        _all.TryGetValue(name, out var constant) && constant.Kind is not TypedConstantKind.Array
            ? constant.Value
            : null;

    public bool Flag(string name) => Value(name) is true;

    public string? Text(string name) => Value(name) as string;

    public long? Number(string name) =>
        Value(name) switch
        {
            int number => number,
            long number => number,
            _ => null,
        };

    public IEnumerable<string> Texts(string name) =>
        _all.TryGetValue(name, out var constant) && constant.Kind == TypedConstantKind.Array
            ? constant.Values.Select(v => v.Value).OfType<string>()
            : [];
}
