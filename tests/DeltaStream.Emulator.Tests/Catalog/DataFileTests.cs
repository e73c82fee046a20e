using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>Stores in a data file survive the emulator, their secrets don't lie in it.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-emulator-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string DataFile => Path.Combine(_folder.FullName, "stores.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<LocalEmulator> EmulatorAsync(params EmulatorAccount[] accounts) =>
        LocalEmulator.StartAsync(
            new()
            {
                NoAuth = true,
                DataFile = DataFile,
                TimeProvider = _time,
                ProvisionDelay = TimeSpan.FromSeconds(10),
                Accounts = accounts,
            }
        );

    [Fact]
    public async Task Stores_and_their_time_survive_a_restart()
    {
        await using (var emulator = await EmulatorAsync())
        {
            await emulator.RunAsync($"CREATE STORE \"we\"\"ird 东西\" WITH ({LocalEmulator.Kafka})");
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await using (var emulator = await EmulatorAsync())
        {
            Assert.Equal("provisioning", (await emulator.StateAsync("we\"ird 东西")).Status);
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("ready", (await emulator.StateAsync("we\"ird 东西")).Status);
            await emulator.RunAsync("DROP STORE \"we\"\"ird 东西\"");
        }

        await using (var emulator = await EmulatorAsync())
        {
            Assert.Empty(await emulator.RowsAsync("LIST STORES"));
        }
    }

    [Fact]
    public async Task A_file_that_an_update_leaves_out_is_still_known_after_a_restart()
    {
        var account = new EmulatorAccount
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string> { ["tls.client.key_file"] = Pem.Key },
        };
        await using (var emulator = await EmulatorAsync(account))
        {
            await emulator.RunAsync(
                $"CREATE STORE x WITH ({LocalEmulator.Kafka}, 'tls.client.cert_file' = '{Pem.Inline(Pem.Certificate)}', "
                    + $"'tls.client.key_file' = '{Pem.Inline(Pem.Key)}')"
            );
        }

        await using (var emulator = await EmulatorAsync(account))
        {
            await emulator.RunAsync($"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup}, 'uris' = 'c:1')");
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(("ready", null), await emulator.StateAsync("x"));
        }
    }

    [Fact]
    public async Task No_secret_lies_in_the_file()
    {
        const string Canary = "canary-7f3b";
        var key = Pem.Key.Replace("Tm90", "Q2Fu", StringComparison.Ordinal);
        await using (var emulator = await EmulatorAsync())
        {
            var with = LocalEmulator
                .Kafka.Replace("'ingest'", $"'{Canary}-user'", StringComparison.Ordinal)
                .Replace("'pw'", $"'{Canary}-password'", StringComparison.Ordinal);
            await emulator.RunAsync(
                $"CREATE STORE x WITH ({with}, 'tls.client.cert_file' = '{Pem.Inline(Pem.Certificate)}', 'tls.client.key_file' = '{Pem.Inline(key)}')"
            );
            await emulator.RunAsync(
                $"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup.Replace("'pw'", $"'{Canary}'", StringComparison.Ordinal)})"
            );
        }

        foreach (var file in _folder.GetFiles())
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
            {
                foreach (var secret in new[] { Canary, "Q2Fua2V5", Pem.Inline(key) })
                {
                    Assert.Equal(-1, bytes.AsSpan().IndexOf(encoding.GetBytes(secret)));
                }
            }
        }
    }

    [Fact]
    public async Task Only_its_owner_can_read_the_file()
    {
        await using var emulator = await EmulatorAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DataFile));
        }
    }

    [Fact]
    public async Task A_file_belongs_to_one_emulator_at_a_time()
    {
        await using var emulator = await EmulatorAsync();
        var e = await Assert.ThrowsAsync<IOException>(() => EmulatorAsync());
        Assert.Equal($"The data file '{DataFile}' can't be used: another emulator is using it.", e.Message);
    }

    [Fact]
    public async Task Another_programs_file_is_left_alone()
    {
        await File.WriteAllTextAsync(DataFile, new string('x', 4096));
        var e = await Assert.ThrowsAsync<IOException>(() => EmulatorAsync());
        Assert.Equal($"The data file '{DataFile}' can't be used: it is not a data file of the emulator.", e.Message);
        Assert.Equal(new string('x', 4096), await File.ReadAllTextAsync(DataFile));
    }

    [Fact]
    public async Task Another_programs_database_is_left_alone()
    {
        await using (var other = new SqliteConnection($"Data Source={DataFile};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a)";
            await command.ExecuteNonQueryAsync();
        }

        await Assert.ThrowsAsync<IOException>(() => EmulatorAsync());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_so()
    {
        var file = Path.Combine(_folder.FullName, "no", "stores.db");
        var e = await Assert.ThrowsAsync<IOException>(() => DeltaStreamEmulator.StartAsync(new() { DataFile = file }));
        Assert.StartsWith($"The data file '{file}' can't be used: ", e.Message, StringComparison.Ordinal);
    }
}
