using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

public class StatementTests
{
    [Fact]
    public async Task A_store_from_create_to_drop()
    {
        await using var emulator = await StartAsync();
        var created = await emulator.RunAsync($"CREATE STORE \"we\"\"ird 东西\" WITH ({LocalEmulator.Kafka});");
        Assert.Equal(("00000", null), Outcome(created));
        Assert.Equal(
            [
                [
                    "store",
                    "we\"ird 东西",
                    "CREATE",
                    "store \"we\"ird 东西\" was successfully created",
                    "\"we\"\"ird 东西\"",
                ],
            ],
            Rows(created)
        );

        var selected = await emulator.RunAsync("SELECT name, type, status, \"owner\" FROM deltastream.sys.\"stores\";");
        Assert.Equal(
            [
                ["we\"ird 东西", "Kafka", "ready", "sysadmin"],
            ],
            Rows(selected)
        );
        Assert.Equal("we\"ird 东西", Rows(await emulator.RunAsync("LIST STORES"))[0][0]);

        Assert.Equal(("00000", null), Outcome(await emulator.RunAsync("DROP STORE \"we\"\"ird 东西\";")));
        Assert.Empty(Rows(await emulator.RunAsync("LIST STORES;")));
    }

    [Fact]
    public async Task A_refusal_is_a_200_with_its_sqlstate_and_no_data()
    {
        await using var emulator = await StartAsync();
        var refused = await emulator.RunAsync("DROP STORE nope");
        Assert.Equal(("3D006", "store nope does not exist"), Outcome(refused));
        Assert.False(refused.TryGetProperty("data", out _));
    }
}
