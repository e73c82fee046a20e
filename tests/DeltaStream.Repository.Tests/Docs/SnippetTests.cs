using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>
/// Every snippet of C# on every page is compiled against what was built, and run against an emulator. One that can't is marked on
/// its page: <c>&lt;!-- snippet: not run, because ... --&gt;</c> or <c>&lt;!-- snippet: not compiled, because ... --&gt;</c>.
/// Issue 11, number 17.
/// </summary>
public sealed class SnippetTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Dapper;
        global using DeltaStream.Data;
        global using DeltaStream.Emulator;
        global using DeltaStream.Sdk;
        global using DeltaStream.Sdk.Npgsql;
        global using DeltaStream.Testing;
        global using Npgsql;
        global using Xunit;
        global using static DeltaStream.Repository.Tests.Docs.SnippetTests.Surroundings;
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(f => MetadataReference.CreateFromFile(f)),
        // Top-level statements of the test's assembly are not in that list where the runner loads it by itself.
        MetadataReference.CreateFromFile(typeof(SnippetTests).Assembly.Location),
    ];

    public static TheoryData<string> Snippets => [.. InCSharp().Select(b => b.Place)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_compiles_and_runs(string place)
    {
        var block = InCSharp().Single(b => b.Place == place);
        if (block.Exception.StartsWith("not compiled, because ", StringComparison.Ordinal))
        {
            return;
        }

        var (assembly, isProgram) = Compile(Program(block));
        if (!isProgram || block.Exception.StartsWith("not run, because ", StringComparison.Ordinal))
        {
            return;
        }

        Assert.Equal("", block.Exception);
        await RunAsync(assembly);
    }

    [Fact]
    public void There_are_snippets_on_the_pages_that_users_read_first()
    {
        foreach (
            var page in new[]
            {
                "README.md",
                "runtime/DeltaStream.Data/README.md",
                "runtime/DeltaStream.Emulator/README.md",
                "runtime/DeltaStream.Sdk.Npgsql/README.md",
                "runtime/DeltaStream.Sdk/README.md",
                "runtime/DeltaStream.Testing/README.md",
                "docs/stores/kafka.md",
            }
        )
        {
            Assert.Contains(InCSharp(), b => b.Place.StartsWith(page + "(", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_README_begins_with_the_installation_and_a_program_of_twelve_lines()
    {
        var blocks = CodeBlock.All.Where(b => b.Place.StartsWith("README.md(", StringComparison.Ordinal)).ToArray();

        Assert.Equal("dotnet add package DeltaStream.Sdk", blocks[0].Code.Trim());
        Assert.True(blocks[1].IsCSharp);
        Assert.Equal(12, blocks[1].Code.Split('\n').Length);
    }

    [Fact]
    public void CSharp_stands_between_fences_that_say_so() =>
        Files.Faults.AssertNone(
            CodeBlock.All.Where(b => !b.IsCSharp && ReadsAsCSharp(b.Code)).Select(b => b.Place),
            "Put it between ```csharp and ```, so that it is compiled."
        );

    [Theory]
    [InlineData("```csharp\nvar a = 1;\n```\n")]
    [InlineData("```cs\nvar a = 1;\n```\n")]
    [InlineData("``` C#\nvar a = 1;\n```\n")]
    [InlineData("````csharp\nvar a = 1;\n````\n")]
    [InlineData("~~~csharp\nvar a = 1;\n~~~\n")]
    [InlineData("- a list\n\n  ```csharp\n  var a = 1;\n  ```\n")]
    [InlineData("1. a list\n\n    ~~~ cs\n    var a = 1;\n    ~~~\n")]
    [InlineData("> ```csharp\n> var a = 1;\n> ```\n")]
    [InlineData("```csharp title=\"Program.cs\" {1}\nvar a = 1;\n```\n")]
    [InlineData("```{.csharp .numberLines}\nvar a = 1;\n```\n")]
    [InlineData("```csharp\nvar a = 1;\n```")]
    public void A_fence_of_any_form_is_found(string page)
    {
        var block = Assert.Single(CodeBlock.Of(page));

        Assert.True(block.IsCSharp);
        Assert.Equal("var a = 1;", block.Code);
    }

    [Theory]
    [InlineData("Text.\n\n    var a = configuration[\"x\"];\n    var b = a;\n\nText.\n", true)]
    [InlineData("Text.\n\n    await client.DeleteAsync(\"x\");\n\nText.\n", true)]
    [InlineData("```\nvar a = 1;\n```\n", true)]
    [InlineData("```text\nawait client.DeleteAsync(\"x\");\n```\n", true)]
    [InlineData("~~~\nclass C { }\n~~~\n", true)]
    [InlineData("Text.\n\n    dotnet run --project x\n    psql -h h\n\nText.\n", false)]
    [InlineData("```json\n{ \"a\": 1 }\n```\n", false)]
    [InlineData("```sql\nSELECT 1;\n```\n", false)]
    public void CSharp_without_a_word_for_it_is_found_too(string page, bool isCSharp)
    {
        var block = Assert.Single(CodeBlock.Of(page));

        Assert.Equal(isCSharp, !block.IsCSharp && ReadsAsCSharp(block.Code));
    }

    [Theory]
    [InlineData("var client = new StoreClient(dataSource); await client.CreateAsyncc(null!);", "CS1061")]
    [InlineData("var orders = new KafkaStoreArgs { Name = \"orders\" };", "CS9035")]
    [InlineData("await using var d = DeltaStreamDataSource.Create();", "CS1501")]
    [InlineData("int i = \"1\";", "CS0029")]
    [InlineData("client.CreateAsync(", "CS1026")]
    [InlineData("class Stores { KafkaStoreArgs Orders() => orders; }", "CS0103")]
    public void A_wrong_snippet_is_found(string code, string error)
    {
        var exception = Assert.ThrowsAny<Exception>(() => Compile(code));

        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "await using var d = DeltaStreamDataSource.Create(\"Server=http://127.0.0.1:1/v2\");",
        "API token is missing"
    )]
    [InlineData("throw new InvalidOperationException(\"thrown\");", "thrown")]
    [InlineData(
        "await client.CreateAsync(new PostgresStoreArgs { Name = \"\", Uris = \"h/d\", Username = \"u\", Password = \"p\" });",
        "name"
    )]
    public async Task A_snippet_that_fails_is_found(string code, string message)
    {
        var (assembly, _) = Compile(code);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(assembly));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<CodeBlock> InCSharp() => CodeBlock.All.Where(b => b.IsCSharp);

    // What the compiler's parser takes whole is C#: no command, no JSON, no SQL.
    private static bool ReadsAsCSharp(string code) =>
        CSharpSyntaxTree.ParseText(code) is var tree
        && tree.GetCompilationUnitRoot().Members.Count > 0
        && !tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);

    // Some go on from the first program of their page, and say so in front.
    private static string Program(CodeBlock block)
    {
        var page = block.Place[..block.Place.IndexOf('(', StringComparison.Ordinal)];
        var first = InCSharp().First(b => b.Place.StartsWith(page + "(", StringComparison.Ordinal)).Code;
        return block.Lead.Contains("after the first program above", StringComparison.Ordinal) ? $"{first}\n{block.Code}"
            : block.Lead.Contains("in place of the last line of the first program above", StringComparison.Ordinal)
                ? first[..(first.TrimEnd().LastIndexOf('\n') + 1)] + block.Code
            : block.Code;
    }

    private static (Assembly Assembly, bool IsProgram) Compile(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code);
        var isProgram = tree.GetCompilationUnitRoot().Members.Any(m => m is GlobalStatementSyntax);
        var compilation = CSharpCompilation.Create(
            $"Snippet{Guid.NewGuid():N}",
            [tree, CSharpSyntaxTree.ParseText(Usings)],
            s_references,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(e => e.ToString())));
        return (Assembly.Load(image.ToArray()), isProgram);
    }

    private static async Task RunAsync(Assembly assembly)
    {
        await using var surroundings = await Surroundings.StartAsync();
        var main = assembly.EntryPoint!;
        try
        {
            // The entry point waits for the program. The compiler's own method is the one to await.
            var program = main.DeclaringType!.GetMethod("<Main>$", BindingFlags.NonPublic | BindingFlags.Static)!;
            var arguments = program.GetParameters().Length == 0 ? null : new object[] { Array.Empty<string>() };
            if (program.Invoke(null, arguments) is Task running)
            {
                await running.WaitAsync(TimeSpan.FromMinutes(1));
            }
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }
    }

    /// <summary>What a page takes for granted: a service, a way to it, a configuration, and files.</summary>
    public sealed class Surroundings : IAsyncDisposable
    {
        private static readonly string[] s_variables =
        [
            "DELTASTREAM_SERVER",
            "DELTASTREAM_API_KEY",
            "BILLING_PASSWORD",
            "STORE_KEYS",
        ];

        private readonly Dictionary<string, string?> _before = s_variables.ToDictionary(
            v => v,
            Environment.GetEnvironmentVariable,
            StringComparer.Ordinal
        );

        private Surroundings() { }

#pragma warning disable IDE1006, SA1300 // The names that the pages use.
        public static DeltaStreamEmulator emulator { get; private set; } = null!;

        public static DeltaStreamDataSource dataSource { get; private set; } = null!;

        public static StoreClient client => new(dataSource);

        public static IConfiguration configuration { get; } = new MadeUp();
#pragma warning restore IDE1006, SA1300

        internal static async Task<Surroundings> StartAsync()
        {
            emulator = await DeltaStreamEmulator.StartAsync();
            dataSource = DeltaStreamDataSource.Create(emulator.RestConnectionString);
            var surroundings = new Surroundings();
            foreach (
                var (variable, value) in s_variables.Zip([emulator.ServerUri.ToString(), emulator.Token, "made up", ""])
            )
            {
                Environment.SetEnvironmentVariable(variable, value);
            }

            // Pages name files without a folder.
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest(
                "CN=made up",
                key,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            ).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            foreach (var name in new[] { "cacert.pem", "clientcert.pem" })
            {
                await File.WriteAllTextAsync(name, certificate.ExportCertificatePem() + "\n");
            }

            foreach (var name in new[] { "clientkey.pem", "keyfile.pem" })
            {
                await File.WriteAllTextAsync(name, key.ExportPkcs8PrivateKeyPem() + "\n");
            }

            return surroundings;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (variable, value) in _before)
            {
                Environment.SetEnvironmentVariable(variable, value);
            }

            await dataSource.DisposeAsync();
            await emulator.DisposeAsync();
        }

        /// <summary>A configuration with a value for every key.</summary>
        private sealed class MadeUp : IConfiguration
        {
            public string? this[string key]
            {
                get => key.EndsWith("AccountId", StringComparison.Ordinal) ? "123456789012" : "made-up";
                set => throw new NotSupportedException();
            }

            public IEnumerable<IConfigurationSection> GetChildren() => [];

            public IChangeToken GetReloadToken() => throw new NotSupportedException();

            public IConfigurationSection GetSection(string key) => throw new NotSupportedException();
        }
    }
}
