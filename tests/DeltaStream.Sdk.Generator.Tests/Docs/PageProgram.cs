using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>A program as a page shows it: its top-level statements, beside which there are a client and a configuration.</summary>
/// <param name="code">The program.</param>
/// <param name="secrets">What the configuration holds, by the names of members; what it lacks is made up.</param>
internal sealed class PageProgram(string code, IReadOnlyDictionary<string, string>? secrets = null)
{
    private const string File = "StoreFile.FromPath(\"";

    private const string Configuration = """
        internal sealed class IConfiguration
        {
            public string? this[string key] => "the value of " + key;
        }

        """;

    private const string Real = $$"""
        {{Configuration}}
        internal partial class Program
        {
            private static readonly DeltaStream.Sdk.StoreClient client = null!;
            private static readonly IConfiguration configuration = new();
        }
        """;

    private const string Kept = $$"""
        {{Configuration}}
        internal partial class Program
        {
            private static readonly Keeper client = new();
            private static readonly IConfiguration configuration = new();

            public static DeltaStream.Sdk.Statements.StoreStatement? Last { get; private set; }

            private sealed class Keeper
            {
                public System.Threading.Tasks.Task CreateAsync(DeltaStream.Sdk.StoreArgs store)
                {
                    Last = Of(store, DeltaStream.Sdk.Statements.StoreStatement.Create(store));
                    return System.Threading.Tasks.Task.CompletedTask;
                }

                public System.Threading.Tasks.Task UpdateAsync(DeltaStream.Sdk.StoreArgs store, DeltaStream.Sdk.StoreArgs previous)
                {
                    Last = Of(store, DeltaStream.Sdk.Statements.StoreStatement.Update(store, previous));
                    return System.Threading.Tasks.Task.CompletedTask;
                }

                private static T Of<T>(DeltaStream.Sdk.StoreArgs store, T statement) =>
                    store.Validate().Count == 0 ? statement : throw new DeltaStream.Sdk.StoreValidationException(store.Name, store.Validate());
            }
        }
        """;

    /// <summary>What the compiler and the analyzers say of it, with the real client.</summary>
    public async Task<IReadOnlyList<string>> Complaints()
    {
        var compilation = Compiled(code, Real);
        var said = await compilation.Analyze();
        return [.. compilation.Complaints(), .. said.Select(d => d.ToString())];
    }

    /// <summary>Runs it, and gives the statement that its last call becomes.</summary>
    public StoreStatement Run()
    {
        var folder = Directory.CreateTempSubdirectory("deltastream-page-");
        var context = new AssemblyLoadContext(nameof(PageProgram), isCollectible: true);
        try
        {
            using var image = new MemoryStream();
            var result = Compiled(WithSecrets(WithFiles(folder.FullName)), Kept).Emit(image);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            image.Position = 0;
            var main = context.LoadFromStream(image).EntryPoint!;
            main.Invoke(null, [Array.Empty<string>()]);
            return (StoreStatement)
                main.DeclaringType!.GetProperty("Last", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        }
        finally
        {
            context.Unload();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The program, with the files that it names made in a folder.</summary>
    private string WithFiles(string folder)
    {
        foreach (var name in code.Split(File).Skip(1).Select(r => r[..r.IndexOf('"', StringComparison.Ordinal)]))
        {
            System.IO.File.WriteAllText(
                Path.Combine(folder, name),
                RightValues.Block(name.Contains("key", StringComparison.Ordinal) ? "PRIVATE KEY" : "CERTIFICATE")
            );
        }

        return code.Replace(
            File,
            $"{File}{folder.Replace("\\", "\\\\", StringComparison.Ordinal)}/",
            StringComparison.Ordinal
        );
    }

    /// <summary>The program, with the secrets of the accounts, which are as long as the spec wants them.</summary>
    private string WithSecrets(string program) =>
        (secrets ?? new Dictionary<string, string>()).Aggregate(
            program,
            (text, secret) =>
                Regex.Replace(
                    text,
                    $"configuration\\[\"[^\"]+:{Regex.Escape(secret.Key)}\"\\]",
                    _ => SymbolDisplay.FormatLiteral(secret.Value, quote: true),
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
        );

    private static CSharpCompilation Compiled(string program, string beside)
    {
        var compilation = Analyzing.Referring(program);
        return compilation
            .WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication))
            .AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    beside,
                    (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
                    "Beside.cs"
                )
            );
    }
}
