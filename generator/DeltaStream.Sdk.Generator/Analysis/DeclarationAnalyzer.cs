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
    /// <summary>The key, in a diagnostic's properties, of the members that a fix adds, separated by commas.</summary>
    internal const string MembersKey = "Members";

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

        var findings = RuleEvaluator.Evaluate(declaration.Spec, m => declaration[m]);

        // What was wrong before the 'with' is reported there.
        var before = declaration.Receiver is { } receiver
            ? RuleEvaluator.Evaluate(receiver.Spec, m => receiver[m])
            : [];
        var fresh = findings.Where(f => !before.Contains(f)).ToArray();
        var missing = ImmutableDictionary<string, string?>.Empty.Add(
            MembersKey,
            string.Join(",", fresh.Where(f => f.Is(DeclarationDiagnostics.Missing)).Select(f => f.Member).Distinct())
        );
        foreach (var finding in fresh)
        {
            var properties = finding.Is(DeclarationDiagnostics.Missing)
                ? missing
                : ImmutableDictionary<string, string?>.Empty.Add(MembersKey, finding.Member);
            context.ReportDiagnostic(
                Diagnostic.Create(
                    finding.Descriptor,
                    PlaceOf(finding, declaration, context.Operation),
                    properties,
                    finding.Message
                )
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
