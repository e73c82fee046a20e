using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Emission;
using Microsoft.CodeAnalysis;
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
            Offer(
                "Configuration",
                $"Read it from the configuration, as {key}",
                $"{configuration}[{CSharp.Literal(key)}]!"
            );
        }

        Offer(
            "Environment",
            $"Read it from the environment variable {variable}",
            new NameScope(model, literal.SpanStart).Variable(variable)
        );

        void Offer(string kind, string title, string read) =>
            context.Offer(title, kind, literal, SyntaxFactory.ParseExpression(read).WithTriviaFrom(literal));
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
