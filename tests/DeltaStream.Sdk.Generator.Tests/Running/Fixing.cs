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
        var compilation = Analyzing.Referring(code);
        using var workspace = new AdhocWorkspace();
        var project = workspace
            .AddProject("UnderTest", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(compilation.SyntaxTrees.First().Options)
            .WithMetadataReferences(compilation.References);
        var document = project.AddDocument(Analyzing.File, SourceText.From(code));
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

        var operations = await chosen.GetOperationsAsync(default);
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

file static class Diagnostics
{
    public static string ToString(this Diagnostic diagnostic, IFormatProvider culture) =>
        string.Create(culture, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
}
