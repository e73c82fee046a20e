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
    [InlineData("STORE_SECRET", "a declared value is another one now")]
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
}
