using System.Reflection.Metadata;
using System.Text;
using DeltaStream.Packages.Tests.Packing;
using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests;

/// <summary>What the packages hold.</summary>
[Collection(PackageTests.Name)]
public sealed class ContentTests(PackageFeed feed)
{
    public static TheoryData<string> All => [.. Libraries.Concat(s_tools.Keys)];

    private static string[] Libraries =>
        [
            "DeltaStream.Aspire.Hosting",
            "DeltaStream.Data",
            "DeltaStream.Emulator",
            "DeltaStream.Sdk",
            "DeltaStream.Sdk.Hosting",
            "DeltaStream.Sdk.Npgsql",
            "DeltaStream.Testing",
        ];

    /// <summary>The packages of tools, and the commands in them.</summary>
    private static readonly Dictionary<string, string> s_tools = new(StringComparer.Ordinal)
    {
        ["DeltaStream.Emulator.Tool"] = "deltastream-emulator",
        ["deltastream-stores"] = "deltastream-stores",
    };

    [Fact]
    public void There_is_a_package_of_each_and_no_other()
    {
        var expected = Libraries
            .Concat(s_tools.Keys)
            .SelectMany(id => new[] { $"{id}.{feed.Version}.nupkg", $"{id}.{feed.Version}.snupkg" });

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Directory.GetFiles(feed.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_has_what_people_look_for(string id)
    {
        var entries = Nupkg.Entries(feed.PackageOf(id));
        var nuspec = Encoding.UTF8.GetString(entries[$"{id}.nuspec"].Content);

        Assert.Contains("<license type=\"expression\">Apache-2.0</license>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\"", nuspec, StringComparison.Ordinal);
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(entries["icon.png"].Content)[..4]);
        Assert.Contains("LICENSE", entries.Keys);
        Assert.Contains(
            s_tools.GetValueOrDefault(id, id),
            Encoding.UTF8.GetString(entries["README.md"].Content),
            StringComparison.Ordinal
        );
        Assert.Contains(entries.Keys, e => e.EndsWith($"/{id}.xml", StringComparison.Ordinal));
    }

    [Fact]
    public void The_SDK_brings_its_generator_and_its_properties()
    {
        var entries = Nupkg.Entries(feed.PackageOf("DeltaStream.Sdk"));

        Assert.Contains("analyzers/dotnet/cs/DeltaStream.Sdk.Generator.dll", entries.Keys);
        Assert.Contains("build/DeltaStream.Sdk.props", entries.Keys);
        Assert.Contains("buildTransitive/DeltaStream.Sdk.props", entries.Keys);
        Assert.Equal(
            File.Exists(
                Path.Combine(Repository.Root, "generator/DeltaStream.Sdk.CodeFixes/DeltaStream.Sdk.CodeFixes.csproj")
            ),
            entries.ContainsKey("analyzers/dotnet/cs/DeltaStream.Sdk.CodeFixes.dll")
        );
        Assert.Equal(
            ["lib/net10.0/DeltaStream.Sdk.dll"],
            entries.Keys.Where(e =>
                e.StartsWith("lib/", StringComparison.Ordinal) && e.EndsWith(".dll", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void The_package_for_the_host_brings_the_schema_of_its_settings()
    {
        var entries = Nupkg.Entries(feed.PackageOf("DeltaStream.Sdk.Hosting"));

        Assert.Contains("ConfigurationSchema.json", entries.Keys);
        Assert.Contains(
            "(MSBuildThisFileDirectory)../ConfigurationSchema.json",
            Encoding.UTF8.GetString(entries["buildTransitive/DeltaStream.Sdk.Hosting.targets"].Content),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_folder_of_the_machine_is_in_it(string id)
    {
        foreach (var package in new[] { feed.PackageOf(id), Path.ChangeExtension(feed.PackageOf(id), ".snupkg") })
        {
            // What others made says what it says.
            foreach (
                var (name, entry) in Nupkg
                    .Entries(package)
                    .Where(e => Path.GetFileName(e.Key).StartsWith("DeltaStream", StringComparison.Ordinal))
            )
            {
                foreach (var folder in new[] { Repository.Root, Path.GetDirectoryName(feed.Folder)! })
                {
                    foreach (var bytes in new[] { Encoding.UTF8.GetBytes(folder), Encoding.Unicode.GetBytes(folder) })
                    {
                        Assert.True(entry.Content.AsSpan().IndexOf(bytes) < 0, $"{name} of {id} holds {folder}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("DeltaStream.Aspire.Hosting")]
    [InlineData("DeltaStream.Data")]
    [InlineData("DeltaStream.Emulator")]
    [InlineData("DeltaStream.Sdk")]
    [InlineData("DeltaStream.Sdk.Hosting")]
    [InlineData("DeltaStream.Sdk.Npgsql")]
    [InlineData("DeltaStream.Testing")]
    public void The_symbols_hold_the_sources_that_no_repository_has(string id)
    {
        var pdb = Nupkg.Entries(Path.ChangeExtension(feed.PackageOf(id), ".snupkg"))[$"lib/net10.0/{id}.pdb"].Content;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        var symbols = provider.GetMetadataReader();
        var embedded = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

        var generated = symbols
            .Documents.Select(d => (Handle: d, Name: symbols.GetString(symbols.GetDocument(d).Name)))
            .Where(d =>
                d.Name.EndsWith(".g.cs", StringComparison.Ordinal)
                || d.Name.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal)
            )
            .ToArray();

        Assert.NotEmpty(generated);
        Assert.All(
            generated,
            d =>
                Assert.Contains(
                    symbols.GetCustomDebugInformation(d.Handle),
                    i => symbols.GetGuid(symbols.GetCustomDebugInformation(i).Kind) == embedded
                )
        );
        Assert.All(
            symbols.Documents,
            d => Assert.StartsWith("/_", symbols.GetString(symbols.GetDocument(d).Name), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Two_builds_give_the_same_bytes()
    {
        var again = feed.NewFolder("again");

        await feed.PackAsync(again);

        var packages = Directory.GetFiles(feed.Folder).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            packages.Select(Path.GetFileName),
            Directory.GetFiles(again).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        foreach (var package in packages)
        {
            var other = Path.Combine(again, Path.GetFileName(package));
            var (first, second) = (Nupkg.Entries(package), Nupkg.Entries(other));
            Assert.Equal(first.Keys, second.Keys);
            foreach (var (name, entry) in first)
            {
                Assert.True(
                    entry.Content.AsSpan().SequenceEqual(second[name].Content),
                    $"{name} of {Path.GetFileName(package)} differs"
                );
                Assert.Equal(entry.Time, second[name].Time);
            }

            Assert.True(
                File.ReadAllBytes(package).AsSpan().SequenceEqual(File.ReadAllBytes(other)),
                $"{Path.GetFileName(package)} differs"
            );
        }
    }
}
