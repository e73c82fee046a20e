using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Who owns a store and who sees it.</summary>
public class RoleTests
{
    private static readonly string[] s_roles = ["admin", "dev", "Ops team"];

    private static string Create(string name) => $"CREATE STORE {name} WITH ({LocalEmulator.Kafka})";

    private static async Task<string[]> NamesAsync(RestEmulator emulator, string? role)
    {
        (string, string)[] members = role is null ? [] : [("role", role)];
        var selected = Rows(
            await emulator.RunAsync("SELECT name FROM deltastream.sys.\"stores\" ORDER BY name", members)
        );
        var listed = Rows(await emulator.RunAsync("LIST STORES", members));
        Assert.Equal(listed.Select(r => r[0]).Order(StringComparer.Ordinal), selected.Select(r => r[0]));
        return [.. selected.Select(r => r[0]!)];
    }

    [Fact]
    public async Task A_store_belongs_to_the_role_that_creates_it_and_others_do_not_see_it()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        await emulator.RunAsync(Create("a"));
        await emulator.RunAsync(Create("d"), ("role", "dev"));
        await emulator.RunAsync(Create("o"), ("role", "Ops team"));

        Assert.Equal(["a", "d", "o"], await NamesAsync(emulator, null));
        Assert.Equal(["a", "d", "o"], await NamesAsync(emulator, "admin"));
        Assert.Equal(["d"], await NamesAsync(emulator, "dev"));
        Assert.Equal(["o"], await NamesAsync(emulator, "Ops team"));
        var owners = await emulator.RunAsync("SELECT \"owner\" FROM deltastream.sys.\"stores\" ORDER BY name");
        Assert.Equal(
            [
                ["admin"],
                ["dev"],
                ["Ops team"],
            ],
            Rows(owners)
        );
    }

    [Fact]
    public async Task A_store_of_another_role_is_out_of_reach_and_its_name_is_taken()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        await emulator.RunAsync(Create("x"));
        foreach (
            var statement in new[]
            {
                "DESCRIBE STORE x",
                "DROP STORE x",
                "USE STORE x",
                $"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup})",
            }
        )
        {
            Assert.Equal(
                ("3D006", "store x does not exist"),
                Outcome(await emulator.RunAsync(statement, ("role", "dev")))
            );
        }

        Assert.Equal(
            ("42P05", "store x already exists"),
            Outcome(await emulator.RunAsync(Create("x"), ("role", "dev")))
        );
        Assert.Equal(["x"], await NamesAsync(emulator, null));
    }

    [Fact]
    public async Task An_update_by_the_administrator_leaves_the_owner()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        await emulator.RunAsync(Create("d"), ("role", "dev"));
        await emulator.RunAsync($"UPDATE STORE d WITH ({LocalEmulator.KafkaGroup})");
        Assert.Equal(["d"], await NamesAsync(emulator, "dev"));
        Assert.Equal("00000", Outcome(await emulator.RunAsync("DROP STORE d")).SqlState);
        Assert.Empty(await NamesAsync(emulator, "dev"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Admin")]
    [InlineData("DEV")]
    public async Task A_role_that_does_not_exist_runs_nothing(string role)
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        var refused = await emulator.RunAsync(Create("x"), ("role", role));
        Assert.Equal(("3D001", $"role {role} does not exist"), Outcome(refused));
        Assert.Empty(await NamesAsync(emulator, null));
    }

    [Fact]
    public async Task PostgreSQL_acts_as_the_administrator()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles, NoAuth = true });
        await emulator.RunAsync(Create("d"), ("role", "dev"));
        await using var client = Npgsql.NpgsqlDataSource.Create(emulator.Emulator.PostgresConnectionString);
        await using (var create = client.CreateCommand(Create("a")))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using var count = client.CreateCommand("SELECT count(*) FROM deltastream.sys.\"stores\"");
        Assert.Equal(2L, await count.ExecuteScalarAsync());
        var owners = await emulator.RunAsync("SELECT \"owner\" FROM deltastream.sys.\"stores\" ORDER BY name");
        Assert.Equal(
            [
                ["admin"],
                ["dev"],
            ],
            Rows(owners)
        );
    }

    [Fact]
    public async Task USE_changes_the_context_that_comes_back_and_the_server_keeps_none()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        await emulator.RunAsync("CREATE STORE \"S\" WITH (" + LocalEmulator.Kafka + ")", ("role", "dev"));

        var used = await emulator.RunAsync("USE ROLE dev; USE STORE \"S\";", ("database", "db"), ("computePool", "cp"));
        Assert.Equal(("00000", null), Outcome(used));
        Assert.Empty(Rows(used));
        var metadata = used.GetProperty("metadata");
        Assert.Empty(metadata.GetProperty("columns").EnumerateArray());
        var context = metadata.GetProperty("context");
        string? Of(string name) => context.GetProperty(name).GetString();
        Assert.Equal(
            ("dev", "S", "db", null, "cp"),
            (Of("roleName"), Of("storeName"), Of("databaseName"), Of("schemaName"), Of("computePoolName"))
        );
        Assert.True(Guid.TryParse(Of("organizationID"), out _));

        context = (await emulator.RunAsync("LIST STORES", ("organization", "mine")))
            .GetProperty("metadata")
            .GetProperty("context");
        Assert.Equal(("admin", null, "mine"), (Of("roleName"), Of("storeName"), Of("organizationID")));
    }

    [Fact]
    public async Task USE_ROLE_holds_for_the_statements_after_it()
    {
        await using var emulator = await StartAsync(new() { Roles = s_roles });
        Assert.Equal("00000", Outcome(await emulator.RunAsync($"USE ROLE \"Ops team\"; {Create("x")}")).SqlState);
        Assert.Equal(["x"], await NamesAsync(emulator, "Ops team"));
        Assert.Equal(
            ("3D001", "role ops does not exist"),
            Outcome(await emulator.RunAsync($"USE ROLE Ops; {Create("y")}"))
        );
        Assert.Equal(("3D006", "store nope does not exist"), Outcome(await emulator.RunAsync("USE STORE nope")));
        Assert.Equal(["x"], await NamesAsync(emulator, null));
    }
}
