using DeltaStream.Sdk.Generator.Emission;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Reads a secret from outside the code.</summary>
internal static class SecretRead
{
    public static string OfVariable(string variable, NameScope scope) =>
        $"{scope.Short("global::System.Environment")}.GetEnvironmentVariable({CSharp.Literal(variable)})!";

    public static string OfConfiguration(string configuration, string key) =>
        $"{configuration}[{CSharp.Literal(key)}]!";
}
