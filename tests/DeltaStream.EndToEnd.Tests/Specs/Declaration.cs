using System.Collections.Immutable;
using System.Globalization;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>A declaration as values by the names of the spec's properties; the record and the account are made from it.</summary>
public sealed class Declaration(SpecDocument spec, ImmutableDictionary<string, object> values)
{
    public SpecDocument Spec { get; } = spec;

    /// <summary>Texts, booleans, whole numbers, and names of an enum's values.</summary>
    public ImmutableDictionary<string, object> Values { get; } = values;

    /// <summary>The generated record.</summary>
    public StoreArgs Args
    {
        get
        {
            var args = (StoreArgs)Activator.CreateInstance(Spec.Record)!;
            Set(args, nameof(StoreArgs.Name), Subtypes.Name);
            foreach (var (name, value) in Values)
            {
                Set(args, name, value);
            }

            return args;
        }
    }

    /// <summary>The validator's failures, with the names of the spec's properties.</summary>
    public IEnumerable<(string Property, string Code, string Message)> Failures =>
        Args.Validate()
            .Select(f =>
                (
                    Spec.Properties.FirstOrDefault(p => f.Property == $"{Spec.Subtype}.{p.Name}")?.Name ?? f.Property,
                    f.Code,
                    f.Message
                )
            );

    public bool IsRight => !Failures.Any();

    /// <summary>An account that knows all that is declared; a store with any other value does not fit it.</summary>
    public EmulatorAccount Account => AccountOf(Values.Keys);

    public bool Has(string name) => Values.ContainsKey(name);

    /// <summary>What is declared, or the default; null when there is neither.</summary>
    public object? InEffect(SpecProperty property) => Values.GetValueOrDefault(property.Name, property.Default!);

    public Declaration With(string name, object value) => new(Spec, Values.SetItem(name, value));

    public Declaration Without(IEnumerable<string> names) => new(Spec, Values.RemoveRange(names));

    /// <summary>An account that knows some of what is declared.</summary>
    public EmulatorAccount AccountOf(IEnumerable<string> names) =>
        new()
        {
            Type = Spec.Type,
            Parameters = names.ToDictionary(n => Spec[n].Key, n => Spec[n].ToSql(Values[n]), StringComparer.Ordinal),
        };

    private void Set(StoreArgs args, string name, object value)
    {
        var property = Spec.Record.GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(
            args,
            value switch
            {
                string text when type == typeof(Secret) => (Secret)text,
                string text when type == typeof(StoreFile) => StoreFile.FromText(text),
                string text when type.IsEnum => Enum.Parse(type, text, ignoreCase: true),
                long number => Convert.ChangeType(number, type, CultureInfo.InvariantCulture),
                _ => value,
            }
        );
    }
}
