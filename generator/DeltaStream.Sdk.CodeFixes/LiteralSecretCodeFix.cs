using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Replaces a secret in the source code by a configuration read (DS2010).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LiteralSecretCodeFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.LiteralSecret.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var diagnostic = context.Diagnostics[0];
        if (
            root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax literal
            || model is null
            || diagnostic.Properties[SecretSource.VariableKey] is not { } variable
            || diagnostic.Properties[SecretSource.ConfigurationKey] is not { } key
        )
        {
            return;
        }

        if (ConfigurationAt(model, literal) is { } configuration)
        {
            Register(
                "Configuration",
                $"Read it from the configuration, as {key}",
                SecretRead.OfConfiguration(configuration, key)
            );
        }

        Register(
            "Environment",
            $"Read it from the environment variable {variable}",
            SecretRead.OfVariable(variable, new NameScope(model, literal.SpanStart))
        );

        void Register(string kind, string title, string read) =>
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ =>
                        Task.FromResult(
                            context.Document.WithSyntaxRoot(
                                root.ReplaceNode(literal, SyntaxFactory.ParseExpression(read).WithTriviaFrom(literal))
                            )
                        ),
                    equivalenceKey: kind
                ),
                diagnostic
            );
    }

    // The nearest IConfiguration that can be named: a parameter, a local that is declared before, a field, a property.
    private static string? ConfigurationAt(SemanticModel model, ExpressionSyntax literal) =>
        model
            .LookupSymbols(literal.SpanStart)
            .Where(s => SdkTypes.IsNamed(TypeOf(s), "Microsoft.Extensions.Configuration", "IConfiguration"))
            .Where(s => s is not ILocalSymbol || s.DeclaringSyntaxReferences.All(r => r.Span.End < literal.SpanStart))
            .OrderBy(s => s is IParameterSymbol or ILocalSymbol ? 0 : 1)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .FirstOrDefault(s => s.IsStatic || s is IParameterSymbol or ILocalSymbol || IsInInstance(model, literal))
            ?.Name;

    private static bool IsInInstance(SemanticModel model, ExpressionSyntax literal) =>
        model.GetEnclosingSymbol(literal.SpanStart) is IMethodSymbol { IsStatic: false };

    private static ITypeSymbol? TypeOf(ISymbol symbol) =>
        symbol switch
        {
            IParameterSymbol parameter => parameter.Type,
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
}
