using System.Text;
using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>A secret in the source code, and what its value would be called in configuration.</summary>
/// <param name="Literal">The expression that holds it.</param>
/// <param name="Variable">The environment variable to read instead, such as KAFKA_SASL_PASSWORD.</param>
/// <param name="Key">The configuration key to read instead, such as Kafka:SaslPassword.</param>
internal sealed record SecretSource(IOperation Literal, string Variable, string Key)
{
    public static SecretSource Of(IOperation literal)
    {
        var (owner, member) = TargetOf(literal);
        var stem = owner is null ? null : Without(owner, "StoreArgs");
        return new SecretSource(
            literal,
            owner is null ? Upper(member) : VariableOf(owner, member),
            (stem is null ? string.Empty : stem + ":") + member
        );
    }

    /// <summary>The environment variable of a member: KAFKA_SASL_PASSWORD.</summary>
    public static string VariableOf(string owner, string member) =>
        $"{Upper(Without(owner, "StoreArgs"))}_{Upper(member)}";

    public void Report(OperationAnalysisContext context) =>
        context.ReportDiagnostic(
            Diagnostic.Create(DeclarationDiagnostics.LiteralSecret, Literal.Syntax.GetLocation(), Variable)
        );

    // What the value is given to.
    private static (string? Owner, string Name) TargetOf(IOperation literal)
    {
        for (var at = literal.Parent; at is not null; at = at.Parent)
        {
            switch (at)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target }:
                    return (target.Property.ContainingType.Name, target.Property.Name);
                case IVariableDeclaratorOperation declarator:
                    return (null, declarator.Symbol.Name.TrimStart('_'));
                case IFieldInitializerOperation field:
                    return (null, field.InitializedFields[0].Name.TrimStart('_'));
                case IBlockOperation or IAnonymousFunctionOperation:
                    return (null, "Secret");
            }
        }

        return (null, "Secret");
    }

    private static string Without(string name, string end) =>
        name.Length > end.Length && name.EndsWith(end, StringComparison.Ordinal)
            ? name.Substring(0, name.Length - end.Length)
            : name;

    // SaslPassword becomes SASL_PASSWORD.
    private static string Upper(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }
}
