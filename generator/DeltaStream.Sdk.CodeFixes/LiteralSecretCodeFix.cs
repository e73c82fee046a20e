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
public sealed class LiteralSecretCodeFix : DeclarationCodeFix
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.LiteralSecret.Id);

    private protected override IEnumerable<CodeEdit> Find(SemanticModel model, SyntaxNode at, string id, bool all)
    {
        if (at is not ExpressionSyntax literal || model.GetOperation(literal) is not { } operation)
        {
            yield break;
        }

        var source = SecretSource.Of(operation);
        if (ConfigurationAt(model, literal) is { } configuration)
        {
            yield return Edit(
                "Configuration",
                $"Read it from the configuration, as {source.Key}",
                $"{configuration}[{CSharp.Literal(source.Key)}]!"
            );
        }

        yield return Edit(
            "Environment",
            $"Read it from the environment variable {source.Variable}",
            new NameScope(model, literal.SpanStart).Variable(source.Variable)
        );

        CodeEdit Edit(string key, string title, string read) =>
            new(title, key, literal, n => SyntaxFactory.ParseExpression(read).WithTriviaFrom(n));
    }

    // Where there is no configuration, a secret that is to be read from one is still better off in the environment.
    private protected override IEnumerable<CodeEdit> Choose(IReadOnlyList<CodeEdit> offered, string? key) =>
        offered.Where(e => key is null || e.Key == key || e.Key == "Environment").Take(1);

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
