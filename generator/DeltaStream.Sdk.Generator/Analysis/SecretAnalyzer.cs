using System.Collections.Immutable;
using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Warns of secrets that stand in the source code, and of revealed ones that become part of a text.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.LiteralSecret, DeclarationDiagnostics.RevealedSecret);

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeConversion, OperationKind.Conversion);
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
    }

    private static void AnalyzeConversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (SdkTypes.MakesSecret(conversion.OperatorMethod))
        {
            ReportLiteral(context, conversion.Operand);
        }
    }

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Arguments.Length == 1 && SdkTypes.IsSecret(creation.Type))
        {
            ReportLiteral(context, creation.Arguments[0].Value);
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (SdkTypes.MakesSecret(call.TargetMethod))
        {
            ReportLiteral(context, call.Arguments[0].Value);
        }
        else if (
            call is { TargetMethod: { Name: "Reveal", Parameters.Length: 0, ContainingType: var type } }
            && (SdkTypes.IsSecret(type) || SdkTypes.IsNamed(type, "DeltaStream.Sdk.Statements", "StoreStatement"))
            && TextSinks.Find(call) is { } sink
        )
        {
            context.ReportDiagnostic(
                Diagnostic.Create(DeclarationDiagnostics.RevealedSecret, call.Syntax.GetLocation(), type.Name, sink)
            );
        }
    }

    // An empty text is no secret; validation says what it is.
    private static void ReportLiteral(OperationAnalysisContext context, IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } })
        {
            SecretSource.Of(value).Report(context);
        }
    }
}
