using DeltaStream.Emulator;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>An apply that is killed, locked out, or stopped by somebody at a terminal, while the service is still at work.</summary>
public sealed class InterruptionTests : ToolTest
{
    protected override bool IsProvisioning => true;

    [Fact]
    public async Task Two_applies_at_once_are_not_possible_and_the_killed_one_is_gone_on_with()
    {
        DeclareAll();
        using var first = Start("apply", "--yes");
        await UntilAsync(changes: 10);

        var second = (await RunAsync("apply", "--yes")).Ended(1);
        Assert.Contains(
            $"stores.state.json' is in use: process {first.Id} on ",
            second.Error,
            StringComparison.Ordinal
        );

        first.Kill();
        await first.WaitForExitAsync();
        MakeReady();
        // Of the store whose address the service does not show nothing proves whose it is.
        (await RunAsync("apply", "--yes", "--adopt")).Ended(0);
        Assert.Equal(10, Changes.Count(c => c == "CREATE STORE"));
        (await RunAsync("plan", "--exit-code")).Ended(0);
    }

    [Fact]
    public async Task Killed_at_the_first_statement_and_run_again_it_is_done()
    {
        DeclareAll();
        // Nothing that the service shows of it proves whose it is: it would be a conflict.
        File.Delete(Path.Combine(Folder, "glue.json"));
        using (var first = Start("apply", "--yes"))
        {
            await UntilAsync(changes: 1);
            first.Kill();
            await first.WaitForExitAsync();
        }

        MakeReady();
        using (var second = Start("apply", "--yes", "--no-wait"))
        {
            (await ToolRun.OfAsync(second)).Ended(0);
        }

        MakeReady();
        (await RunAsync("apply", "--yes")).Ended(0);
        (await RunAsync("plan", "--exit-code")).Ended(0);
        var listed = (await RunAsync("list", "--output", "json")).Ended(0).Json["stores"]!.AsArray();
        Assert.Equal(9, listed.Count(s => (string?)s!["state"] == "ready"));
    }

    [PtyFact]
    public async Task At_a_terminal_it_asks_shows_a_table_and_stops_waiting_at_the_first_interrupt()
    {
        DeclareAll();
        using (var terminal = AtTerminal("apply"))
        {
            await terminal.UntilAsync("Apply 10 create?");
            await terminal.UntilAsync("Type 'yes': ");
            Assert.Empty(Changes);
            await terminal.TypeAsync("yes\n");
            await terminal.UntilAsync("provisioning");
            await UntilAsync(changes: 10);
            await terminal.TypeAsync("\u0003");

            Assert.Equal(1, await terminal.EndAsync());
            var shown = terminal.Output;
            Assert.Contains("\u001b[38;5;2m+ orders (kafka): create", shown, StringComparison.Ordinal);
            Assert.Contains("Elapsed", shown, StringComparison.Ordinal);
            Assert.Contains("0 of 10 done", shown, StringComparison.Ordinal);
            Assert.Contains("Stopping. Once more leaves at once.", shown, StringComparison.Ordinal);
            Assert.Contains("orders: the service accepted it and still works on it", shown, StringComparison.Ordinal);
            Assert.Contains("'deltastream-stores apply' goes on from here", shown, StringComparison.Ordinal);
        }

        MakeReady();
        (await RunAsync("apply", "--yes", "--adopt")).Ended(0);
        Assert.Equal(10, Changes.Count(c => c == "CREATE STORE"));
    }

    [PtyFact]
    public async Task An_interrupt_or_another_word_at_the_question_changes_nothing()
    {
        DeclareAll();
        Environment["NO_COLOR"] = "1";
        using (var refused = AtTerminal("apply"))
        {
            await refused.UntilAsync("Type 'yes': ");
            await refused.TypeAsync("y\n");
            Assert.Equal(1, await refused.EndAsync());
            Assert.Contains("Nothing was changed.", refused.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[38", refused.Output, StringComparison.Ordinal);
        }

        using var stopped = AtTerminal("delete", "orders");
        await stopped.UntilAsync("Delete orders?");
        await stopped.UntilAsync("Type 'yes': ");
        await stopped.TypeAsync("\u0003");
        Assert.Equal(1, await stopped.EndAsync());
        Assert.Contains("Stopped. No store was changed.", stopped.Output, StringComparison.Ordinal);
        Assert.Empty(Changes);
    }

    [PtyFact]
    public async Task A_second_interrupt_leaves_at_once()
    {
        // A named pipe is a file whose end does not come, and who reads it does not look whether to stop.
        var pipe = Path.Combine(Folder, "endless.json");
        using (var made = ToolRun.Start(["mkfifo", pipe], Folder, Environment))
        {
            (await ToolRun.OfAsync(made)).Ended(0);
        }

        using var terminal = AtTerminal("apply", "--yes");
        // The pipe opens when the command reads it.
        await using var writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write))
            .WaitAsync(TimeSpan.FromMinutes(1));
        await terminal.TypeAsync("\u0003");
        await terminal.UntilAsync("Stopping. Once more leaves at once.");
        await terminal.TypeAsync("\u0003");

        // As every program that an interrupt ends, and without another word.
        Assert.Equal(128 + 2, await terminal.EndAsync());
        Assert.Equal("Stopping. Once more leaves at once.", terminal.Text);
        Assert.Empty(Changes);
    }

    [PtyFact]
    public async Task An_import_that_is_stopped_tells_what_it_imported()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes", "--no-wait", "--state", "other.state.json")).Ended(0);
        MakeReady();
        Directory.CreateDirectory(Path.Combine(Folder, "imported"));
        // The second description does not come.
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Statement = "DESCRIBE STORE \"orders\"",
                Delay = TimeSpan.FromHours(1),
                Times = null,
            }
        );

        using (var terminal = AtTerminal("import", "billing", "orders", "lake", "--path", "imported"))
        {
            await UntilAsync(() => Statements.Count(s => s == "DESCRIBE STORE") == 2);
            await terminal.TypeAsync("\u0003");

            Assert.Equal(1, await terminal.EndAsync());
            Assert.Contains(
                "orders: Stopped. Import it, and what is not listed, again.",
                terminal.Output,
                StringComparison.Ordinal
            );
            Assert.Contains("wrote imported/billing.json", terminal.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("lake", terminal.Output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(Folder, "imported/billing.json")));
        Assert.False(File.Exists(Path.Combine(Folder, "imported/orders.json")));
        Emulator.Faults.Clear();
        (await RunAsync("import", "orders", "lake", "--path", "imported")).Ended(0);
    }

    private Terminal AtTerminal(params string[] arguments) =>
        new(ToolRun.Command.Concat(arguments), Folder, Environment);

    /// <summary>Needs the program script of util-linux, which makes a terminal.</summary>
    private sealed class PtyFactAttribute : FactAttribute
    {
        public PtyFactAttribute() => Skip = File.Exists("/usr/bin/script") ? null : "there is no /usr/bin/script";
    }
}
