namespace DeltaStream.Stores.Tool.Tests;

/// <summary>A plan in a file is what is done, or nothing is.</summary>
public sealed class PlanFileTests : ToolTest
{
    [Fact]
    public async Task A_plan_that_somebody_agreed_to_is_applied_from_any_folder()
    {
        DeclareAll();
        var planned = (await RunAsync("plan", "--out", "plan.json", "--exit-code")).Ended(2);
        Assert.EndsWith(
            "10 create\nwrote plan.json\n",
            planned.Output.Replace(
                "wrote plan.json\n10 create\n",
                "10 create\nwrote plan.json\n",
                StringComparison.Ordinal
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            StoreSecret,
            File.ReadAllText(Path.Combine(Folder, "plan.json")),
            StringComparison.Ordinal
        );

        (await RunAsync("apply", Path.Combine(Folder, "plan.json"), "--yes")).Ended(0);
        Assert.Equal(10, Changes.Length);

        // Now the same plan would create what exists.
        Assert.Contains(
            "The plan is out of date: the plan for ",
            (await RunAsync("apply", "plan.json", "--yes")).Ended(1).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(10, Changes.Length);
    }

    [Theory]
    [InlineData("STORE_SECRET", "a declared value, the service or the role is another one now")]
    [InlineData(null, "the plan for orders is another one now")]
    public async Task A_declaration_that_changed_since_is_refused(string? variable, string what)
    {
        DeclareAll();
        (await RunAsync("plan", "--out", "reviewed.plan.json")).Ended(0);
        if (variable is null)
        {
            Edit("kafka.yaml", "b-2.example.com", "b-3.example.com");
        }
        else
        {
            Environment[variable] = "rotated";
        }

        var refused = (await RunAsync("apply", "reviewed.plan.json", "--yes")).Ended(1);

        Assert.StartsWith(
            $"The plan is out of date: {what}. Nothing was sent.",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Changes);
    }

    [Fact]
    public async Task A_plan_is_applied_where_it_was_made_and_with_what_it_says()
    {
        DeclareAll();
        (await RunAsync("plan", "--out", "plan.json")).Ended(0);

        foreach (
            var (argument, value, why) in new[]
            {
                ("--role", "sysadmin", "the role is another"),
                ("--prune", "", "is in the plan already"),
            }
        )
        {
            string[] arguments = ["apply", "plan.json", "--yes", argument, value];
            var refused = (await RunAsync([.. arguments.Where(a => a.Length > 0)])).Ended(1);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Changes);
    }

    [Theory]
    [InlineData("is one file: give the folder", "plan", "kafka.yaml", "--prune")]
    [InlineData("would be read as declarations", "plan", "--out", "out.json")]
    [InlineData("There is no state to compare with", "drift", "--state", "typo.json")]
    public async Task What_would_lose_or_hide_something_is_refused(string why, params string[] arguments)
    {
        DeclareAll();

        var refused = (await RunAsync(arguments)).Ended(1);

        Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "out.json")));
    }
}
