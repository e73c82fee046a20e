using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Secrets;
using DeltaStream.Emulator.Tests.Probes;
using DeltaStream.Emulator.Tests.Protocol;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Secrets;

/// <summary>
/// Secrets that go in never come out: not in logs at Trace, not in what clients are told, not in listings (FR-007).
/// Each secret here is a canary, and everything that comes out is searched for it.
/// </summary>
public class CanaryTests
{
    private const string Canary = "tWeEtY7q";
    private const string EmulatorPassword = Canary + "-emulator";
    private static readonly string s_key = KeyOf(Canary);

    internal static string KeyOf(string canary) =>
        $"-----BEGIN PRIVATE KEY-----\n{canary}Keys\n-----END PRIVATE KEY-----";

    private static string Kafka(string canary, string password) =>
        $"'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = PLAIN, 'kafka.sasl.username' = '{canary}-user', "
        + $"'kafka.sasl.password' = {password}";

    /// <summary>Statements with a secret in each place where one can stand, right and wrong.</summary>
    internal static IEnumerable<string> Statements(string canary)
    {
        var secret = $"'{canary}'";
        yield return $"CREATE STORE good WITH ({Kafka(canary, secret)})";
        yield return $"CREATE STORE good WITH ({Kafka(canary, secret)})";
        yield return $"CREATE STORE files WITH ({Kafka(canary, secret)}, 'tls.client.cert_file' = '{Pem.Inline(Pem.Certificate)}', 'tls.client.key_file' = '{Pem.Inline(KeyOf(canary))}')";
        yield return $"CREATE STORE snow WITH ('type' = SNOWFLAKE, 'uris' = 'https://a', 'snowflake.account_id' = 'a', 'snowflake.cloud.region' = 'r', 'snowflake.role_name' = 'r', 'snowflake.username' = 'u', 'snowflake.warehouse_name' = 'w', 'snowflake.client.key_file' = '{Pem.Inline(KeyOf(canary))}', 'snowflake.client.key_passphrase' = {secret})";
        yield return $"UPDATE STORE good WITH ({Kafka(canary, secret).Replace("'type' = KAFKA, ", "", StringComparison.Ordinal)}, 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE)";
        foreach (
            var wrong in new[]
            {
                // Not quoted, not closed, over two lines, quotes not doubled, in the place of something else.
                canary,
                $"\"{canary}\"",
                $"`{canary}`",
                $"'{canary}",
                $"'a\n{canary}'",
                $"'a'{canary}'b'",
                $"'a' {canary}",
                $"'a', {canary}",
                $"'a', '{canary} x' = 'b'",
                $"'a', '{canary}'",
                $"'a') {canary} ('b'",
                $"'a'); {canary} ('b'",
                $"'a'); DROP {canary} ('b'",
                $"'a'); CREATE {canary} ('b'",
                $"{secret}, 'nope' = 'x'",
                $"{secret}, 'tls.disabled' = {secret}",
                $"{secret}, 'tls.disabled' = {canary}",
                $"{secret}, 'schema_registry.name' = {secret}",
                $"{secret}, 'tls.ca_cert_file' = '@{canary}'",
                $"{secret}, 'tls.ca_cert_file' = {secret}",
                $"{secret}, 'tls.client.key_file' = '{Pem.Inline(KeyOf(canary))}'",
                $"{secret}, 'kafka.msk.aws_region' = 'r'",
                $"{secret}, 'uris' = 'u:{canary}@b:1'",
                $"{secret}, 'kafka.sasl.password' = {secret}",
                "''",
            }
        )
        {
            yield return $"CREATE STORE bad WITH ({Kafka(canary, wrong)})";
            yield return $"UPDATE STORE good WITH ('kafka.sasl.password' = {wrong})";
        }

        foreach (var type in new[] { "KAFKA", "POSTGRESQL", "SNOWFLAKE" })
        {
            yield return $"CREATE STORE bad WITH ('type' = {type}, 'uris' = 'https://u:{canary}@h:1/d')";
        }

        yield return $"UPDATE STORE missing WITH ('kafka.sasl.password' = {secret})";
        yield return "LIST STORES";
        yield return "DESCRIBE STORE good";
        yield return "DESCRIBE STORE files";
        yield return "DESCRIBE STORE snow";
        yield return "SELECT * FROM deltastream.sys.\"stores\"";
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_secret_comes_out(bool prepared)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var logs = new EveryLog();
        using var loggers = LoggerFactory.Create(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        var account = new EmulatorAccount
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string> { ["kafka.sasl.password"] = Canary + "-account" },
        };
        var options = new DeltaStreamEmulatorOptions
        {
            Password = EmulatorPassword,
            Accounts = [account],
            LiveProbe = true,
            LoggerFactory = loggers,
        };
        var seen = new List<string?> { options.ToString(), account.ToString() };
        await using (var emulator = await LocalEmulator.StartAsync(options))
        {
            seen.Add(emulator.Emulator.ToString());
            await using var connection = await emulator.Client.OpenConnectionAsync();
            foreach (var statement in Statements(Canary))
            {
                seen.AddRange(await AnswersAsync(connection, statement, prepared));
            }

            var port = ((IPEndPoint)silent.LocalEndpoint).Port;
            silent.Stop();
            await emulator.RunAsync(
                $"CREATE STORE probed WITH ('type' = POSTGRESQL, 'uris' = '127.0.0.1:{port}/d', 'postgres.username' = 'u', 'postgres.password' = '{Canary}')"
            );
            seen.Add((await LiveProbeTests.SettledAsync(emulator, "probed")).Message);

            foreach (var bad in new[] { Canary + "-wrong", EmulatorPassword + "x" })
            {
                seen.Add(await LoginAsync(emulator.Emulator, bad));
            }

            using var wire = await WireClient.ConnectAsync(emulator.Emulator);
            await wire.SendAsync(WireClient.Text($"{Canary}: not the protocol"));
            seen.Add(await wire.UntilClosedAsync());
        }

        Assert.True(seen.Count > 100);
        Assert.True(logs.Texts.Count > 100);
        Assert.All(seen.Concat(logs.Texts), text => Assert.False(Shows(text), text));
    }

    [Fact]
    public void No_type_of_the_emulator_prints_what_it_holds()
    {
        // A record prints all its members; those that could hold a secret must not be records with a string for a
        // value.
        var printing = typeof(DeltaStreamEmulator)
            .Assembly.GetTypes()
            .Where(t => t.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
            // The shared redaction's own record says what it prints: nothing.
            .Where(t =>
                t.Namespace != typeof(Redaction).Namespace
                || t.GetMethod("ToString", [])!.IsDefined(typeof(CompilerGeneratedAttribute))
            )
            .Select(t => t.Name);
        Assert.Equal(
            [
                "ConditionSpec",
                "DescribeSpec",
                "EmulatorAccount",
                "EmulatorFault",
                "EnumValueSpec",
                "FileSpec",
                "GroupSpec",
                "KeyOverride",
                "ListeningAt",
                "ProbeSpec",
                "PropertySpec",
                "RequestContext",
                "ResultColumn",
                "RuleSpec",
                "SourcePosition",
                "SpecFile",
                "StatementContext",
                "StoreRecord",
                "StoreRow",
                "StoreSpec",
                "UpdateSpec",
                "UriSpec",
            ],
            printing.Order(StringComparer.Ordinal)
        );
    }

    private static bool Shows(string? text) =>
        text is not null
        && (
            text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
            || text.Contains(Pem.Inline(s_key), StringComparison.Ordinal)
            || text.Contains(Pem.Inline(Canary)[..6], StringComparison.Ordinal)
        );

    /// <summary>Everything that the emulator answers to a statement.</summary>
    private static async Task<List<string?>> AnswersAsync(NpgsqlConnection connection, string statement, bool prepared)
    {
        var answers = new List<string?>();
        try
        {
            await using var command = new NpgsqlCommand(statement, connection);
            if (prepared)
            {
                await command.PrepareAsync();
            }

            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    answers.Add(reader.GetValue(i).ToString());
                }
            }
        }
        catch (PostgresException e)
        {
            answers.AddRange([e.MessageText, e.Detail, e.Hint, e.Where, e.InternalQuery, e.ToString()]);
            answers.AddRange(e.Data.Cast<DictionaryEntry>().Select(d => d.Value?.ToString()));
        }

        return answers;
    }

    private static async Task<string> LoginAsync(DeltaStreamEmulator emulator, string password)
    {
        var settings = new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString)
        {
            Password = password,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ToString());
        return (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).ToString();
    }

    /// <summary>Keeps whatever is logged, with exceptions and the values behind the message.</summary>
    private sealed class EveryLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Texts.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            Texts.Enqueue(formatter(state, exception) + exception);
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach (var (_, value) in values)
                {
                    Texts.Enqueue(value?.ToString() ?? "");
                }
            }
        }

        public void Dispose() { }
    }
}
