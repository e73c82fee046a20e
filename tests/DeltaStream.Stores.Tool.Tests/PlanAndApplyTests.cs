using System.Diagnostics;
using DeltaStream.Data;
using DeltaStream.Emulator;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>A folder with a declaration of each subtype, in JSON and YAML, from nothing to ready and through changes.</summary>
public sealed class PlanAndApplyTests : ToolTest
{
    [Fact]
    public async Task Ten_declarations_become_ready_and_the_second_time_there_is_nothing_to_do()
    {
        DeclareAll();

        var planned = (await RunAsync("plan", "--exit-code")).Ended(2);
        Assert.EndsWith("10 create\n", planned.Output, StringComparison.Ordinal);
        Assert.Contains(
            "+ orders (kafka): create, because the catalog shows no store of that name",
            planned.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(Changes);

        var applied = (await RunAsync("apply", "--yes")).Ended(0);
        Assert.EndsWith("10 of 10 done\n", applied.Output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat("CREATE STORE", 10), Changes);

        var watch = Stopwatch.StartNew();
        var again = (await RunAsync("apply")).Ended(0);
        Assert.Equal("nothing to do\n", again.Output);
        Assert.Equal("", again.Error);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        Assert.Equal(10, Changes.Length);
        (await RunAsync("plan", "--exit-code")).Ended(0);

        var listed = (await RunAsync("list", "--output", "json")).Ended(0).Json["stores"]!.AsArray();
        Assert.Equal(10, listed.Count);
        Assert.All(listed, s => Assert.Equal("ready", (string?)s!["state"]));
    }

    [Fact]
    public async Task An_edit_is_an_update_a_deletion_outside_a_new_store_and_another_type_a_replacement()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);

        Edit("kafka.yaml", "b-2.example.com", "b-3.example.com");
        var updated = (await RunAsync("apply", "--yes")).Ended(0);
        Assert.Equal("orders: updated\n10 of 10 done\n", updated.Output);
        Assert.Contains(
            "~ uris: 'b-1.example.com:9092,b-2.example.com:9092' -> 'b-1.example.com:9092,b-3.example.com:9092'",
            updated.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["UPDATE STORE"], Changes[10..]);

        await using (var dataSource = DeltaStreamDataSource.Create(Emulator.RestConnectionString))
        {
            await dataSource.CreateCommand("DROP STORE \"billing\";").ExecuteNonQueryAsync();
        }

        var recreated = (await RunAsync("apply", "--yes")).Ended(0);
        Assert.Contains(
            "billing (postgres): recreate, because the store was deleted outside",
            recreated.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["CREATE STORE"], Changes[12..]);

        File.Copy(Path.Combine(Folder, "postgres.json"), Path.Combine(Folder, "views.json"));
        Edit("views.json", "billing", "views");
        File.Delete(Path.Combine(Folder, "clickhouse.json"));
        var replaced = (await RunAsync("apply", "--yes")).Ended(0);
        Assert.Contains(
            "-/+ views (postgres): replace, because the subtype can't be changed in place",
            replaced.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["DROP STORE", "CREATE STORE"], Changes[13..]);
    }

    [Fact]
    public async Task What_is_no_longer_declared_is_kept_unless_it_is_pruned()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);
        File.Delete(Path.Combine(Folder, "s3.yml"));

        (await RunAsync("plan", "--exit-code")).Ended(0);
        var pruned = (await RunAsync("apply", "--yes", "--prune")).Ended(0);

        Assert.Equal("archive: deleted\n10 of 10 done\n", pruned.Output);
    }

    [Fact]
    public async Task A_store_that_exists_and_is_not_known_is_a_conflict_until_it_is_adopted()
    {
        Write(
            "stores.json",
            """{"name":"billing","postgres":{"uris":"db.example.com/demo","username":"u","password":{"env":"STORE_SECRET"}}}"""
        );
        (await RunAsync("apply", "--yes", "--no-wait", "--state", "other.state.json")).Ended(0);

        var refused = (await RunAsync("apply", "--yes")).Ended(1);
        Assert.Contains(
            "billing: the store exists, and nothing is known of it. '--adopt' takes over",
            refused.Error,
            StringComparison.Ordinal
        );
        var planned = (await RunAsync("plan", "--exit-code")).Ended(2);
        Assert.StartsWith(
            "! billing (postgres): conflict, because the store exists",
            planned.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("--adopt takes over a store that exists", planned.Error, StringComparison.Ordinal);
        (await RunAsync("apply", "--yes", "--adopt")).Ended(0);
        (await RunAsync("plan", "--exit-code")).Ended(0);
    }

    [Fact]
    public async Task A_changed_owner_is_shown_until_an_apply_has_shown_it()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);
        var shown = "\"shownOwner\": \"sysadmin\"";
        Edit("stores.state.json", shown, "\"shownOwner\": \"before\"");

        var drift = (await RunAsync("drift", "--exit-code")).Ended(2);
        var plan = (await RunAsync("plan", "--exit-code")).Ended(0);
        var applied = (await RunAsync("apply")).Ended(0);

        const string Said = "the owner was changed outside from 'before' to 'sysadmin', and no update changes it";
        Assert.All(
            [drift.Output, plan.Output, applied.Output + applied.Error],
            text => Assert.Contains(Said, text, StringComparison.Ordinal)
        );
        (await RunAsync("drift", "--exit-code")).Ended(0);
        Assert.Contains(shown, File.ReadAllText(Path.Combine(Folder, "stores.state.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_an_interrupted_create_that_may_come_late_is_not_forgotten_by_delete()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);
        (await RunAsync("delete", "--yes", "orders")).Ended(0);
        Edit(
            "stores.state.json",
            "\"stores\": {",
            "\"stores\": { \"orders\": { \"subtype\": \"kafka\", \"attempt\": \"Create\", \"attempted\": {} },"
        );

        (await RunAsync("delete", "--yes", "orders")).Ended(0);

        Assert.Contains(
            "\"attempt\": \"Create\"",
            File.ReadAllText(Path.Combine(Folder, "stores.state.json")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_changed_before_a_yes()
    {
        DeclareAll();

        var applied = (await RunAsync("apply")).Ended(1);
        var deleted = (await RunAsync("delete", "orders")).Ended(1);

        Assert.Equal("", applied.Output + deleted.Output);

        Assert.Contains(
            "10 create\napply asks before it changes something, and nobody is at a terminal: add --yes.\n",
            applied.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "delete asks before it changes something, and nobody is at a terminal: add --yes.\n",
            deleted.Error
        );
        Assert.Empty(Changes);
    }

    [Fact]
    public async Task The_files_next_to_declarations_hold_no_secret_and_the_key_may_be_elsewhere()
    {
        DeclareAll();
        Write(
            ".env",
            $"# where it is\nexport DELTASTREAM_STATE_KEY='{Convert.ToBase64String(new byte[32])}'\nDELTASTREAM_API_KEY={Emulator.Token}\n"
        );
        Environment.Remove("DELTASTREAM_API_KEY");

        (await RunAsync("apply", "--yes")).Ended(0);

        Assert.DoesNotContain(Directory.GetFiles(Folder), f => f.EndsWith(".key", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.GetFiles(Folder),
            f => File.ReadAllText(f).Contains(StoreSecret, StringComparison.Ordinal)
        );
        Environment["DELTASTREAM_STATE_KEY"] = "x";
        Assert.Contains(
            "DELTASTREAM_STATE_KEY: The key of a state is 32 bytes as base64",
            (await RunAsync("plan")).Ended(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_store_that_is_refused_fails_the_apply_and_the_others_are_done()
    {
        DeclareAll();
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "CREATE STORE \"orders\"",
                SqlState = "53000",
            }
        );

        var applied = (await RunAsync("apply", "--yes", "--output", "json")).Ended(1).Json;

        var outcomes = applied["outcomes"]!.AsArray();
        Assert.Equal(9, outcomes.Count(o => (string?)o!["outcome"] == "created"));
        Assert.Contains(
            "orders: Could not create store 'orders': ",
            (string?)applied["error"],
            StringComparison.Ordinal
        );
    }
}
