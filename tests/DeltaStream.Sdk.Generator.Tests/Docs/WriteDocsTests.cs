using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>The command that writes the pages which the specs give.</summary>
public sealed class WriteDocsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docs-").FullName;

    private string SpecFolder => Path.Combine(_folder, "specs");

    private string DocFolder => Path.Combine(_folder, "docs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_pages_in_the_documentation_are_what_the_specs_give()
    {
        using var error = new StringWriter();

        var exit = WriteDocs.Docs.Run(
            [
                "--specs",
                Path.Combine(Repository.Root, "specs"),
                "--docs",
                Path.Combine(Repository.Root, "docs"),
                "--check",
            ],
            TextWriter.Null,
            error
        );

        Assert.True(exit == 0, error.ToString());
    }

    [Fact]
    public void All_pages_are_written_and_then_are_as_before()
    {
        WriteSpecs();

        var first = Run(exit: 0);
        var written = Files();

        Assert.All(Lines(first), l => Assert.EndsWith(": written for the first time", l, StringComparison.Ordinal));
        Assert.Equal(written.Keys, Lines(first).Select(l => l.Split(": ")[0]).Order(StringComparer.Ordinal));
        Assert.Empty(new[] { "schema/pulumi.json", "schema/store.json", "schema/README.md" }.Except(written.Keys));
        Assert.All(written.Values, t => Assert.Matches("[^\n]\n$", t));
        Assert.All(written.Values, t => Assert.DoesNotContain('\r', t));
        Assert.All(Lines(Run(exit: 0)), l => Assert.EndsWith(": as before", l, StringComparison.Ordinal));
        Assert.Equal(written, Files());
        Assert.Empty(Run(exit: 0, "--check"));
    }

    [Fact]
    public void What_is_stale_is_named_and_only_written_when_asked()
    {
        WriteSpecs();
        Run(exit: 0);
        var right = Files();
        Write("schema/store.json", right["schema/store.json"].Replace("\n", "\r\n", StringComparison.Ordinal));
        File.Delete(Path.Combine(DocFolder, "schema", "pulumi.json"));
        Write("schema/old.json", "{}");
        Write("stores/gone.md", "# Gone\n");
        Write("schema/notes.txt", "someone's own");
        Write("elsewhere.md", "no page");
        var wrong = Files();

        Assert.Equal(
            """
            schema/pulumi.json: missing
            schema/store.json: not what the specs give
            schema/old.json: no spec gives it
            stores/gone.md: no spec gives it
            Run eng/write-docs, and read the difference.

            """,
            Run(exit: 1, "--check")
        );
        Assert.Equal(wrong, Files());

        var said = Lines(Run(exit: 0));

        Assert.Contains("schema/pulumi.json: written for the first time", said);
        Assert.Contains("schema/store.json: written", said);
        Assert.Contains("schema/README.md: as before", said);
        Assert.Contains("schema/old.json: removed, no spec gives it", said);
        Assert.Contains("stores/gone.md: removed, no spec gives it", said);
        Assert.Equal(
            right
                .Append(new("schema/notes.txt", "someone's own"))
                .Append(new("elsewhere.md", "no page"))
                .OrderBy(f => f.Key, StringComparer.Ordinal),
            Files()
        );
    }

    [Fact]
    public void With_a_wrong_spec_nothing_is_written()
    {
        WriteSpecs();
        Run(exit: 0);
        var before = Files();
        File.WriteAllText(Path.Combine(SpecFolder, "kafka.store.json"), "{\n  \"subtype\": 1\n}");

        var said = Run(exit: 1);

        Assert.Contains("kafka.store.json(2,14): error DS1004", said, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was written: mend the above first.\n", said, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_folder_without_specs_is_an_error()
    {
        var said = Run(exit: 1);

        Assert.Equal($"There is no *.store.json in {SpecFolder}: nothing to write.\n", said);
        Assert.False(Directory.Exists(DocFolder));
    }

    [Fact]
    public void A_folder_in_the_place_of_a_page_is_said_and_leaves_no_draft()
    {
        WriteSpecs();
        Directory.CreateDirectory(Path.Combine(DocFolder, "schema", "store.json"));

        var said = Lines(Run(exit: 1));

        Assert.Contains(Path.Combine(DocFolder, "schema", "store.json"), said[^2], StringComparison.Ordinal);
        Assert.Equal("Not everything was read or written: mend the above, and run the command again.", said[^1]);
        Assert.DoesNotContain(Files().Keys, f => f.EndsWith(".new", StringComparison.Ordinal));

        Directory.Delete(Path.Combine(DocFolder, "schema", "store.json"));
        Assert.Contains("schema/store.json: written for the first time", Lines(Run(exit: 0)));
        Assert.Empty(Run(exit: 0, "--check"));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_said()
    {
        WriteSpecs();
        File.WriteAllText(DocFolder, "mine");

        Assert.Contains(DocFolder, Lines(Run(exit: 1))[^2], StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(DocFolder));
    }

    [Fact]
    public void A_spec_that_the_SDK_was_not_built_with_is_named_with_the_remedy()
    {
        WriteSpecs();
        foreach (var ending in new[] { ".store.json", ".accounts.json" })
        {
            File.WriteAllText(
                Path.Combine(SpecFolder, "kofka" + ending),
                File.ReadAllText(Path.Combine(SpecFolder, "kafka" + ending))
                    .Replace("\"kafka\"", "\"kofka\"", StringComparison.Ordinal)
                    .Replace("\"KAFKA\"", "\"KOFKA\"", StringComparison.Ordinal)
            );
        }

        Assert.Equal(
            """
            The SDK has no DeltaStream.Sdk.KofkaStoreArgs: pages show what it really does, so build it with this spec first, as eng/write-docs does with those in specs.
            Nothing was written: mend the above first.

            """,
            Run(exit: 1)
        );
        Assert.False(Directory.Exists(DocFolder));
    }

    [Theory]
    [InlineData]
    [InlineData("--specs", "a")]
    [InlineData("--docs", "a")]
    [InlineData("--specs", "a", "--docs")]
    [InlineData("--specs", "a", "--docs", "")]
    [InlineData("--specs", "a", "--docs", "b", "--chek")]
    [InlineData("a", "b")]
    public void Wrong_arguments_are_answered_with_the_right_ones(params string[] args)
    {
        using var error = new StringWriter { NewLine = "\n" };

        Assert.Equal(2, WriteDocs.Docs.Run(args, TextWriter.Null, error));
        Assert.Contains("--specs <folder> (REQUIRED)", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--docs <folder> (REQUIRED)", error.ToString(), StringComparison.Ordinal);
    }

    // The built-in specs, and their accounts: what a page says of a store may come from the SDK, which knows no others.
    private void WriteSpecs()
    {
        Directory.CreateDirectory(SpecFolder);
        var from = Path.Combine(AppContext.BaseDirectory, "specs");
        foreach (
            var file in Directory.GetFiles(from, "*.store.json").Concat(Directory.GetFiles(from, "*.accounts.json"))
        )
        {
            File.Copy(file, Path.Combine(SpecFolder, Path.GetFileName(file)));
        }
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(DocFolder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private SortedDictionary<string, string> Files() =>
        new(
            Directory
                .GetFiles(DocFolder, "*", SearchOption.AllDirectories)
                .ToDictionary(f => Path.GetRelativePath(DocFolder, f).Replace('\\', '/'), File.ReadAllText),
            StringComparer.Ordinal
        );

    private string Run(int exit, params string[] more)
    {
        using var said = new StringWriter { NewLine = "\n" };

        Assert.Equal(exit, WriteDocs.Docs.Run(["--specs", SpecFolder, "--docs", DocFolder, .. more], said, said));

        return said.ToString();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
