using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>
/// Tests of somebody's project with xunit 3, by the package DeltaStream.Testing. With xunit 2 it is tried in the repository itself
/// (samples/XunitTests), because its runner needs <c>dotnet test</c>.
/// </summary>
[Collection(PackageTests.Name)]
public sealed class TestingTests(PackageFeed feed)
{
    [Fact]
    public async Task The_fixture_runs_with_xunit_3_and_knows_the_specs_of_a_referenced_project()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var tested = await consumers.AddAsync("Acme", ["DeltaStream.Sdk"]);
        await tested.WriteAsync("specs/acme.store.json", Consumer.Source("acme.store.json"));
        var tests = await consumers.AddAsync(
            "Acme.Tests",
            ["DeltaStream.Testing", "xunit.v3@4.0.2"],
            "<OutputType>Exe</OutputType>"
        );
        await tests.WriteSourceAsync("FixtureTests.cs");
        await tests.WriteAsync(
            "Directory.Build.targets",
            """
            <Project>
              <ItemGroup>
                <ProjectReference Include="../Acme/Acme.csproj" />
              </ItemGroup>
            </Project>
            """
        );
        await consumers.BuildAsync();

        var said = await DotNet.RunAsync(tests.Folder, "run", "--no-build");

        Assert.Matches("Total: 2, Errors: 0, Failed: 0, Skipped: 0", said);
    }
}
