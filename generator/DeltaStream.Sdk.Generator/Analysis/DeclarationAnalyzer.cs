using System.Collections.Immutable;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Refuses the declarations that the validator would refuse, as far as the code shows their values.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(
            DeclarationDiagnostics.Missing,
            DeclarationDiagnostics.Forbidden,
            DeclarationDiagnostics.InvalidValue,
            DeclarationDiagnostics.WithoutEffect,
            DeclarationDiagnostics.NotExactlyOne,
            DeclarationDiagnostics.LiteralSecret
        );

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var specs = new RecordSpecs();
            start.RegisterOperationAction(
                operation => Analyze(operation, specs),
                OperationKind.ObjectCreation,
                OperationKind.With
            );
        });
    }

    private static void Analyze(OperationAnalysisContext context, RecordSpecs specs)
    {
        if (DeclarationReader.Read(context.Operation, specs) is not { } declaration)
        {
            return;
        }

        foreach (var finding in RuleEvaluator.Fresh(declaration, m => declaration[m]))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(finding.Descriptor, PlaceOf(finding, declaration, context.Operation), finding.Message)
            );
        }

        ReportLiteralFiles(context, declaration);
    }

    private static void ReportLiteralFiles(OperationAnalysisContext context, Declaration declaration)
    {
        foreach (var property in declaration.Spec.Properties.Where(p => p.Secret && p.Kind == PropertyKind.File))
        {
            if (
                declaration.Assignments.TryGetValue(property.Member, out var assignment)
                && declaration[property.Member].Text is { Length: > 0 }
                && ValueReader.Unconverted(assignment.Value) is IInvocationOperation call
            )
            {
                SecretSource.Of(call.Arguments[0].Value).Report(context);
            }
        }
    }

    private static Location PlaceOf(Finding finding, Declaration declaration, IOperation operation)
    {
        if (
            !finding.Is(DeclarationDiagnostics.Missing)
            && !finding.Is(DeclarationDiagnostics.NotExactlyOne)
            && declaration.Assignments.TryGetValue(finding.Member, out var assignment)
        )
        {
            return finding.Is(DeclarationDiagnostics.InvalidValue)
                ? assignment.Value.Syntax.GetLocation()
                : assignment.Syntax.GetLocation();
        }

        return operation.Syntax switch
        {
            ObjectCreationExpressionSyntax creation => creation.Type.GetLocation(),
            ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
            WithExpressionSyntax with => with.WithKeyword.GetLocation(),
            var other => other.GetLocation(),
        };
    }
}
