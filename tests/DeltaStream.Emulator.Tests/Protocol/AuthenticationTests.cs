using System.Net;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Protocol;

public class AuthenticationTests
{
    private static async Task<string?> LoginAsync(
        DeltaStreamEmulator emulator,
        Action<NpgsqlConnectionStringBuilder> change
    )
    {
        var settings = new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString) { Pooling = false };
        change(settings);
        await using var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync();
            return null;
        }
        catch (PostgresException e)
        {
            return e.Message;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a'b\"c\\d")]
    [InlineData("with spaces; and=signs")]
    [InlineData("pässwörd")]
    [InlineData("e\u0301\ufb01")]
    public async Task The_connection_string_lets_in(string? password)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { Password = password });
        Assert.Null(await LoginAsync(emulator, _ => { }));
    }

    [Fact]
    public async Task A_password_is_made_up_for_each_emulator()
    {
        await using var first = await DeltaStreamEmulator.StartAsync();
        await using var second = await DeltaStreamEmulator.StartAsync();
        Assert.NotEqual(Password(first), Password(second));

        static string? Password(DeltaStreamEmulator emulator) =>
            new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString).Password;
    }

    [Fact]
    public async Task Who_is_not_known_is_not_let_in()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { Password = "right" });

        Assert.Equal(
            "28P01: password authentication failed for user \"deltastream\"",
            await LoginAsync(emulator, s => s.Password = "wrong")
        );
        Assert.Equal(
            "28P01: password authentication failed for user \"somebody\"",
            await LoginAsync(emulator, s => s.Username = "somebody")
        );
        Assert.Equal("3D000: database \"other\" does not exist", await LoginAsync(emulator, s => s.Database = "other"));
    }

    [Fact]
    public async Task Without_authentication_everybody_is_let_in()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        Assert.DoesNotContain("Password", emulator.PostgresConnectionString, StringComparison.OrdinalIgnoreCase);
        Assert.Null(
            await LoginAsync(
                emulator,
                s =>
                {
                    s.Username = "somebody";
                    s.Database = "other";
                    s.Password = "any";
                }
            )
        );
    }

    [Fact]
    public async Task It_listens_on_loopback_unless_told_otherwise()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        Assert.Equal(IPAddress.Loopback, emulator.PostgresEndpoint.Address);
        Assert.NotEqual(0, emulator.PostgresEndpoint.Port);
    }

    [Fact]
    public async Task Every_interface_is_reached_by_loopback()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(
            new() { PostgresEndpoint = new IPEndPoint(IPAddress.Any, 0) }
        );
        Assert.Null(await LoginAsync(emulator, _ => { }));
    }
}
