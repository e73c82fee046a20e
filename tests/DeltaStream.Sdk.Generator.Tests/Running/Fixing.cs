using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Applies a code fix as an editor does.</summary>
internal static class Fixing
{
    /// <summary>Fixes the first diagnostic with an ID.</summary>
    /// <param name="code">The code, which refers to DeltaStream.Sdk.dll.</param>
    /// <param name="fix">What fixes it.</param>
    /// <param name="id">The diagnostic.</param>
    /// <param name="title">The title of the fix, to choose one of several.</param>
    /// <returns>The code after it; null when no fix is offered.</returns>
    public static async Task<string?> Apply(string code, CodeFixProvider fix, string id, string title)
    {
        using var workspace = new AdhocWorkspace();
        var document = DocumentOf(workspace, code);
        var inWorkspace = (await document.Project.GetCompilationAsync())!;
        var diagnostic = (await inWorkspace.Analyze()).Concat(inWorkspace.GetDiagnostics()).First(d => d.Id == id);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default)
        );
        var chosen = actions.SingleOrDefault(a => a.Title == title);
        if (chosen is null)
        {
            Assert.DoesNotContain(actions, a => a.Title.StartsWith(title, StringComparison.Ordinal));
            return null;
        }

        return await After(chosen, document);
    }

    /// <summary>Fixes all diagnostics with an ID, as dotnet format does.</summary>
    /// <remarks>
    /// It asks the fix what it offers for any diagnostic of any ID, and applies to all what comes first: here nothing must.
    /// </remarks>
    public static async Task<string> ApplyToAll(string code, CodeFixProvider fix, string id)
    {
        using var workspace = new AdhocWorkspace();
        var document = DocumentOf(workspace, code);
        var found = await (await document.Project.GetCompilationAsync())!.Analyze();
        foreach (var other in found.Where(d => !fix.FixableDiagnosticIds.Contains(d.Id)))
        {
            await fix.RegisterCodeFixesAsync(
                new CodeFixContext(document, other, (action, _) => Assert.Fail($"{other.Id}: {action.Title}"), default)
            );
        }

        var all = await fix.GetFixAllProvider()!
            .GetFixAsync(
                new FixAllContext(
                    document,
                    fix,
                    FixAllScope.Solution,
                    codeActionEquivalenceKey: null!,
                    [id],
                    new Found(found),
                    default
                )
            );
        return await After(all!, document);
    }

    private static Document DocumentOf(AdhocWorkspace workspace, string code)
    {
        var compilation = Analyzing.Referring(code);
        return workspace
            .AddProject("UnderTest", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(compilation.SyntaxTrees.First().Options)
            .WithMetadataReferences(compilation.References)
            .AddDocument(Analyzing.File, SourceText.From(code));
    }

    private static async Task<string> After(CodeAction action, Document document)
    {
        var operations = await action.GetOperationsAsync(default);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    /// <summary>What the compiler and the analyzers say of code, one line each, without warnings of the style of it.</summary>
    public static async Task<IReadOnlyList<string>> Complaints(string code)
    {
        var compilation = Analyzing.Referring(code);
        return
        [
            .. compilation
                .GetDiagnostics()
                .Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS1591" or "CS0169"))
                .Concat(await compilation.Analyze())
                .Select(d => d.ToString(CultureInfo.InvariantCulture)),
        ];
    }
}

file sealed class Found(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
{
    public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
        Project project,
        CancellationToken cancellationToken
    ) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

    public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
        Document document,
        CancellationToken cancellationToken
    ) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
        Project project,
        CancellationToken cancellationToken
    ) => Task.FromResult<IEnumerable<Diagnostic>>([]);
}

file static class Diagnostics
{
    public static string ToString(this Diagnostic diagnostic, IFormatProvider culture) =>
        string.Create(culture, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
}
