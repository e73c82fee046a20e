using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>Accounts of the emulator that know what is declared.</summary>
internal static class Accounts
{
    /// <summary>An account that knows all that is declared; a store with any other value does not fit it.</summary>
    public static EmulatorAccount Account(this Declaration declaration) =>
        declaration.AccountOf(declaration.Properties.Select(p => p.Property));

    /// <summary>An account that knows some of what is declared.</summary>
    public static EmulatorAccount AccountOf(this Declaration declaration, IEnumerable<PropertySpec> properties) =>
        new()
        {
            Type = declaration.Spec.Type,
            Parameters = properties.ToDictionary(
                p => p.Key,
                p => DeclaredValue.ToSql(p, declaration.ValueOf(p)!),
                StringComparer.Ordinal
            ),
        };
}
