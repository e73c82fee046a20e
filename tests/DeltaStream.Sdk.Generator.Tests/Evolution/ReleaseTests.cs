using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.ShipSpecs;
using RequirementAttribute = DeltaStream.TestSupport.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>The command that a release runs: it ships what is right, and touches nothing otherwise.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("specs-").FullName;

    private string Shipped => Path.Combine(_folder, "shipped");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_first_release_ships_every_spec_to_the_letter()
    {
        foreach (var subtype in new[] { "kafka", "postgres", "snowflake" })
        {
            Write(subtype, Repository.Spec(subtype).GetText()!.ToString());
        }

        Assert.Equal(
            """
            kafka.store.json: shipped for the first time
            postgres.store.json: shipped for the first time
            snowflake.store.json: shipped for the first time

            """,
            Ship(exit: 0)
        );
        Assert.Equal(Files(_folder), Files(Shipped));
    }

    [Fact]
    public void A_release_that_adds_is_shipped_and_one_that_changes_nothing_too()
    {
        Write("demo", DemoSpec.Text.ReplaceLineEndings("\r\n"));
        Ship(exit: 0);
        Write("demo", DemoSpec.With("\"maximum\": 9", "\"maximum\": 10"));

        Assert.Equal("demo.store.json: shipped\n", Ship(exit: 0));
        Assert.Equal("demo.store.json: as before\n", Ship(exit: 0));
        Assert.Equal(Files(_folder), Files(Shipped));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_said()
    {
        Write("demo", DemoSpec.Text);
        File.WriteAllText(Shipped, "mine");

        var said = Ship(exit: 1).Split('\n');

        Assert.Contains(Shipped, said[^3], StringComparison.Ordinal);
        Assert.Equal("Not everything was read or shipped: mend the above, and run the command again.", said[^2]);
        Assert.Equal("mine", File.ReadAllText(Shipped));
    }

    [Fact]
    [Requirement("NFR-004")]
    public void A_release_that_breaks_is_refused_whole()
    {
        Write("demo", DemoSpec.Text);
        Ship(exit: 0);
        var before = Files(Shipped);
        Write("kafka", Repository.Spec("kafka").GetText()!.ToString());
        Write("demo", DemoSpec.With("\"maximum\": 9", "\"maximum\": 8"));

        Assert.Equal(
            $"""
            {Path.Combine(
                _folder,
                "demo.store.json"
            )}(21,99): error DS1022: 'retries' must be 8 or less now, which refuses what was allowed when it was shipped: go back to 9
            Nothing was shipped: mend the above first.

            """,
            Ship(exit: 1)
        );
        Assert.Equal(before, Files(Shipped));
    }

    [Fact]
    public void A_spec_that_is_wrong_or_gone_is_refused()
    {
        Write("demo", DemoSpec.Text);
        Write("kafka", Repository.Spec("kafka").GetText()!.ToString());
        Ship(exit: 0);
        Write("kafka", "{");
        Assert.Contains("kafka.store.json(1,2): error DS1001", Ship(exit: 1), StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder, "kafka.store.json"));
        Assert.Contains(
            "shipped/kafka.store.json(3,14): error DS1020: The subtype 'kafka' was shipped and is gone",
            Ship(exit: 1).Replace('\\', '/'),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_was_deprecated_for_a_release_goes_with_the_next()
    {
        const string Team = "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\"";
        var with = DemoSpec.With("\"cert\": { \"key\"", Team + " }, \"cert\": { \"key\"");
        Write("demo", with);
        Ship(exit: 0);
        Write("demo", DemoSpec.Text);
        Ship(exit: 1);

        Write("demo", with.Replace(Team, Team + ", \"deprecated\": { \"since\": \"1.2\" }", StringComparison.Ordinal));
        Ship(exit: 0);
        Write("demo", DemoSpec.Text);

        Assert.Equal("demo.store.json: shipped\n", Ship(exit: 0));
    }

    [Fact]
    public void Another_folder_can_be_shipped_to()
    {
        Write("demo", DemoSpec.Text);
        var other = Path.Combine(_folder, "released", "specs");

        Assert.Equal("demo.store.json: shipped for the first time\n", Ship(exit: 0, "--shipped", other));
        Assert.Equal(Files(_folder), Files(other));
        Assert.False(Directory.Exists(Shipped));
    }

    [Fact]
    public void Without_specs_there_is_nothing_to_ship() =>
        Assert.Equal($"There is no *.store.json in {_folder}: nothing to ship.\n", Ship(exit: 1));

    [Theory]
    [InlineData("--spec", "x")]
    [InlineData("--shipped")]
    [InlineData("--shipped", "")]
    [InlineData("now")]
    public void Wrong_arguments_are_answered_with_the_right_ones(params string[] args) =>
        Assert.Contains("--specs <folder> (REQUIRED)", Ship(exit: 2, args), StringComparison.Ordinal);

    [Fact]
    public void Of_a_folder_that_is_given_twice_the_last_counts() =>
        Assert.Equal("There is no *.store.json in nowhere: nothing to ship.\n", Ship(exit: 1, "--specs", "nowhere"));

    private void Write(string subtype, string text) =>
        File.WriteAllText(Path.Combine(_folder, $"{subtype}.store.json"), text);

    private string Ship(int exit, params string[] more)
    {
        using var said = new StringWriter { NewLine = "\n" };
        var code = Release.Run(["--specs", _folder, .. more], said, said);
        Assert.True(code == exit, $"{code}\n{said}");
        return said.ToString();
    }

    private static IReadOnlyList<(string Name, string Text)> Files(string folder) =>
        [
            .. Directory
                .GetFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(f => (Path.GetFileName(f), File.ReadAllText(f))),
        ];
}
