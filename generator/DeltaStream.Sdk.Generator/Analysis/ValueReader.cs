using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Reads what an expression that is assigned to a member shows of the value.</summary>
internal static class ValueReader
{
    /// <summary>Reads an expression.</summary>
    /// <param name="value">The expression, with its conversions to the member's type.</param>
    /// <param name="property">The member's property; null for the members that every store has.</param>
    public static MemberValue Read(IOperation value, PropertySpec? property)
    {
        var secret = false;
        for (var inner = value; ; )
        {
            if (inner.ConstantValue is { HasValue: true, Value: var constant })
            {
                return constant is not null ? Of(constant, property)
                    : secret ? MemberValue.Of(string.Empty)
                    : MemberValue.Unset;
            }

            switch (inner)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    inner = conversion.Operand;
                    break;
                case IConversionOperation conversion when SdkTypes.MakesSecret(conversion.OperatorMethod):
                    (secret, inner) = (true, conversion.Operand);
                    break;
                case IParenthesizedOperation parenthesized:
                    inner = parenthesized.Operand;
                    break;
                case IObjectCreationOperation creation when SdkTypes.IsSecret(creation.Type):
                    if (creation.Arguments.Length == 0)
                    {
                        return MemberValue.Of(string.Empty);
                    }

                    (secret, inner) = (true, creation.Arguments[0].Value);
                    break;
                case IInvocationOperation call when SdkTypes.MakesSecret(call.TargetMethod):
                    (secret, inner) = (true, call.Arguments[0].Value);
                    break;
                case IInvocationOperation call when IsFileMaker(call.TargetMethod):
                    return
                        call.TargetMethod.Name == "FromText"
                        && Unconverted(call.Arguments[0].Value).ConstantValue is { HasValue: true, Value: string text }
                        ? MemberValue.Of(text)
                        : MemberValue.SetToAnything;
                case IDefaultValueOperation { Type: { } type }:
                    return SdkTypes.IsSecret(type) ? MemberValue.Of(string.Empty)
                        : IsNullable(type) || type.IsReferenceType ? MemberValue.Unset
                        : MemberValue.SetToAnything;
                default:
                    return secret || IsNeverNull(value, inner) ? MemberValue.SetToAnything : MemberValue.Unknown;
            }
        }
    }

    /// <summary>The expression without its parentheses and the compiler's conversions.</summary>
    public static IOperation Unconverted(IOperation operation) =>
        operation switch
        {
            IConversionOperation { OperatorMethod: null, ConstantValue.HasValue: false } conversion => Unconverted(
                conversion.Operand
            ),
            IParenthesizedOperation parenthesized => Unconverted(parenthesized.Operand),
            _ => operation,
        };

    /// <summary>Reads a constant.</summary>
    public static MemberValue Of(object constant, PropertySpec? property) =>
        constant switch
        {
            string text => MemberValue.Of(text),
            bool flag => MemberValue.Of(flag ? "true" : "false"),
            // What is no whole number of 64 bits doesn't compile here anyway.
            sbyte or byte or short or ushort or int or uint or long => Of(
                Convert.ToInt64(constant, CultureInfo.InvariantCulture),
                property
            ),
            _ => MemberValue.SetToAnything,
        };

    // Enums count from 1. A number that stands for none of an enum's values stays a number, which no name of a value is.
    private static MemberValue Of(long number, PropertySpec? property) =>
        MemberValue.Of(
            property?.Kind == PropertyKind.Enum && number > 0 && number <= property.Values.Count
                ? property.Values[(int)number - 1].Name
                : number.ToString(CultureInfo.InvariantCulture)
        );

    private static bool IsFileMaker(IMethodSymbol method) =>
        method is { IsStatic: true, Parameters.Length: > 0 }
        && SdkTypes.IsNamed(method.ContainingType, "StoreFile")
        && SdkTypes.IsNamed(method.ReturnType, "StoreFile");

    private static bool IsNeverNull(IOperation value, IOperation inner) =>
        inner is IObjectCreationOperation
        || inner.Type is { IsValueType: true } type && !IsNullable(type)
        || inner.Type is { IsReferenceType: true }
            && value.SemanticModel?.GetTypeInfo(value.Syntax).Nullability.FlowState == NullableFlowState.NotNull;

    private static bool IsNullable(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
