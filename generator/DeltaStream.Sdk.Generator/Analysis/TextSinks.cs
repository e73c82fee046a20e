using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Finds what shows a text to people: logs, messages, the console, and texts that are put together.</summary>
internal static class TextSinks
{
    /// <summary>What a value directly becomes part of, in words; null when nothing that shows it.</summary>
    public static string? Find(IOperation value)
    {
        for (var at = value.Parent; at is not null; at = at.Parent)
        {
            switch (at)
            {
                case IConversionOperation
                or IParenthesizedOperation
                or IArrayInitializerOperation
                or IArrayCreationOperation
                or ICoalesceOperation
                or IConditionalOperation
                or IObjectOrCollectionInitializerOperation:
                    continue;
                case IInterpolationOperation:
                    return "an interpolated string";
                case IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.Add,
                    Type.SpecialType: SpecialType.System_String,
                }:
                    return "a concatenated string";
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return OfCall(call.TargetMethod);
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    return IsException(creation.Type) ? "an exception's message" : null;
                default:
                    // A collection expression has no kind of its own in the oldest compiler that loads this.
                    if (at.Kind.ToString() == "CollectionExpression")
                    {
                        continue;
                    }

                    return null;
            }
        }

        return null;
    }

    private static string? OfCall(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (type.SpecialType == SpecialType.System_String)
        {
            return method.Name is "Format" or "Concat" or "Join" ? $"what string.{method.Name} puts together" : null;
        }

        if (method.Name is "Write" or "WriteLine")
        {
            if (SdkTypes.IsNamed(type, "System", "Console"))
            {
                return "what the console shows";
            }

            if (
                SdkTypes.IsNamed(type, "System.Diagnostics", "Debug")
                || SdkTypes.IsNamed(type, "System.Diagnostics", "Trace")
            )
            {
                return "a trace";
            }
        }

        return IsLog(method) ? "a log" : null;
    }

    private static bool IsLog(IMethodSymbol method) =>
        IsLogger(method.ContainingType)
        || method.ContainingType.AllInterfaces.Any(IsLogger)
        || SdkTypes.IsNamed(method.ContainingType, "Microsoft.Extensions.Logging", "LoggerExtensions")
        || method
            .GetAttributes()
            .Any(a => SdkTypes.IsNamed(a.AttributeClass, "Microsoft.Extensions.Logging", "LoggerMessageAttribute"));

    private static bool IsLogger(ITypeSymbol type) => SdkTypes.IsNamed(type, "Microsoft.Extensions.Logging", "ILogger");

    private static bool IsException(ITypeSymbol? type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (SdkTypes.IsNamed(at, "System", "Exception"))
            {
                return true;
            }
        }

        return false;
    }
}
