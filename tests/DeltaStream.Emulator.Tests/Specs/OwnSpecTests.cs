using System.Globalization;
using System.Text.RegularExpressions;
using DeltaStream.Emulator.Tests.Probes;
using DeltaStream.Emulator.Tests.Rest;
using DeltaStream.TestSupport;

namespace DeltaStream.Emulator.Tests.Specs;

/// <summary>A consumer's own specs run like the built-in ones, and a broken one is named with its line (issue 11, number 19).</summary>
public sealed class OwnSpecTests : IDisposable
{
    private const string Acme = """
        {
          "$schema": "store-spec.schema.json",
          "subtype": "acme-queue",
          "type": "ACME_QUEUE",
          "title": "Acme",
          "description": "Acme's queue.",
          "properties": {
            "uris": {
              "key": "uris", "kind": "uris", "required": true, "mutable": true, "description": "The server.",
              "uri": { "schemes": ["postgresql"], "port": "required", "path": "segment" }
            },
            "mode": {
              "key": "acme.mode", "kind": "enum", "default": "fast", "mutable": true, "description": "How.",
              "values": {
                "fast": { "token": "FAST", "description": "Fast." },
                "safe": { "token": "SAFE", "description": "Safe." }
              }
            },
            "tlsDisabled": { "key": "tls.disabled", "kind": "boolean", "default": false, "mutable": true, "description": "No TLS." },
            "user": { "key": "acme.user", "kind": "string", "mutable": true, "description": "The user." },
            "password": { "key": "acme.password", "kind": "string", "secret": true, "mutable": true, "description": "The password." },
            "queue": { "key": "acme.queue", "kind": "string", "description": "The queue.", "unverified": "Guessed." }
          },
          "rules": [
            { "when": { "mode": ["safe"] }, "require": ["password"], "because": "Safe is with a password." },
            { "when": { "user": "unset" }, "forbid": ["password"], "because": "A password is a user's." }
          ],
          "update": { "groups": [{ "members": ["user", "password"], "because": "They belong together." }] },
          "describe": { "tlsDisabled": "tlsDisabled", "details": { "queue_name": "queue" } },
          "probe": { "protocol": "postgresql", "address": "uris", "username": "user", "password": "password", "tlsDisabled": "tlsDisabled" }
        }
        """;

    private const string With =
        "'type' = ACME_QUEUE, 'uris' = 'postgresql://h:1/q', 'acme.user' = 'u', 'acme.password' = 'p'";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-emulator-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_runs_over_both_protocols_and_beside_the_others()
    {
        var options = Options(Acme);
        await using var rest = await RestEmulator.StartAsync(options);
        await rest.RunAsync($"CREATE STORE r WITH ({With})");
        await rest.RunAsync($"CREATE STORE k WITH ({LocalEmulator.Kafka})");
        Assert.Equal(
            [
                ["k", "Kafka", "ready"],
                ["r", "AcmeQueue", "ready"],
            ],
            RestEmulator.Rows(
                await rest.RunAsync("""SELECT name, type, status FROM deltastream.sys."stores" ORDER BY name""")
            )
        );

        await using var postgres = await LocalEmulator.StartAsync(options);
        await postgres.RunAsync($"CREATE STORE p WITH ({With}, 'acme.mode' = SAFE, 'acme.queue' = 'q1')");
        var described = Assert.Single(await postgres.RowsAsync("DESCRIBE STORE p"));
        Assert.Equal("postgresql://h:1/q", described["Uri"]);
        Assert.Equal("""{"mode":"SAFE","queue_name":"q1","user":"u"}""", described["Details"]);
        Assert.Equal(true, described["TlsEnabled"]);
        await postgres.RunAsync(
            "UPDATE STORE p WITH ('acme.user' = 'v', 'acme.password' = 'w', 'tls.disabled' = TRUE)"
        );
        Assert.Equal(false, Assert.Single(await postgres.RowsAsync("DESCRIBE STORE p"))["TlsEnabled"]);
        await postgres.RunAsync("DROP STORE p");
    }

    [Theory]
    [InlineData("'type' = ACME_QUEUE", "3D021", "uris")]
    [InlineData("'type' = ACME_QUEUE, 'uris' = 'postgresql://h/q'", "3D008", "the port is missing")]
    [InlineData("'type' = ACME_QUEUE, 'uris' = 'kafka://h:1/q'", "3D008", "the scheme must be postgresql")]
    [InlineData(
        "'type' = ACME_QUEUE, 'uris' = 'postgresql://h:1/q', 'acme.user' = 'u', 'acme.mode' = SAFE",
        "3D021",
        "acme.password"
    )]
    [InlineData(
        "'type' = ACME_QUEUE, 'uris' = 'postgresql://h:1/q', 'acme.password' = 'p'",
        "3D008",
        "A password is a user's."
    )]
    [InlineData(With + ", 'acme.mode' = SLOW", "42601", "acme.mode")]
    [InlineData(With + ", 'acme.color' = 'red'", "42601", "acme.color")]
    [InlineData("'type' = OTHER_QUEUE", "0A000", "the supported types are ACME_QUEUE, ")]
    public async Task Its_rules_are_checked(string with, string sqlState, string message)
    {
        await using var emulator = await LocalEmulator.StartAsync(Options(Acme));

        var refusal = await emulator.RefusalAsync($"CREATE STORE x WITH ({with})");

        Assert.Equal(sqlState, refusal.SqlState);
        Assert.Contains(message, refusal.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_keeps_to_its_groups_and_what_is_immutable()
    {
        await using var emulator = await LocalEmulator.StartAsync(Options(Acme));
        await emulator.RunAsync($"CREATE STORE x WITH ({With}, 'acme.queue' = 'q')");

        Assert.Equal("3D008", (await emulator.RefusalAsync("UPDATE STORE x WITH ('acme.queue' = 'r')")).SqlState);
    }

    [Fact]
    public async Task Accounts_and_key_overrides_know_it()
    {
        var options = new DeltaStreamEmulatorOptions
        {
            SpecFiles = [Write(Acme)],
            Accounts =
            [
                new()
                {
                    Type = "ACME_QUEUE",
                    Parameters = new Dictionary<string, string> { ["acme.user"] = "u", ["acme.password"] = "other" },
                },
            ],
            KeyOverrides = ["acme-queue.queue=acme.queue_name"],
        };
        await using var emulator = await LocalEmulator.StartAsync(options);

        await emulator.RunAsync($"CREATE STORE x WITH ({With}, 'acme.queue_name' = 'q')");

        Assert.Equal(
            ("errored", "authentication failed: the credentials for acme.* match no account known to the emulator"),
            await emulator.StateAsync("x")
        );
    }

    [PostgresFact]
    public async Task It_is_probed()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var emulator = await LocalEmulator.StartAsync(
            new() { SpecFiles = [Write(Acme)], LiveProbe = true }
        );

        foreach (var (name, password) in new[] { ("good", server.Password), ("bad", "hunter2") })
        {
            await emulator.RunAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"CREATE STORE {name} WITH ('type' = ACME_QUEUE, 'uris' = 'postgresql://127.0.0.1:{server.Port}/postgres', 'acme.user' = '{server.Username}', 'acme.password' = '{password}', 'tls.disabled' = TRUE)"
                )
            );
        }

        Assert.Equal(("ready", null), await LiveProbeTests.SettledAsync(emulator, "good"));
        Assert.Equal("errored", (await LiveProbeTests.SettledAsync(emulator, "bad")).Status);
    }

    [Fact]
    public async Task Its_stores_stay_in_the_data_file_and_are_still_listed_without_it()
    {
        var dataFile = Path.Combine(_folder.FullName, "stores.db");
        var options = new DeltaStreamEmulatorOptions { SpecFiles = [Write(Acme)], DataFile = dataFile };
        await using (var first = await LocalEmulator.StartAsync(options))
        {
            await first.RunAsync($"CREATE STORE x WITH ({With})");
        }

        await using (var second = await LocalEmulator.StartAsync(options))
        {
            await second.RunAsync("UPDATE STORE x WITH ('acme.mode' = SAFE)");
        }

        await using var without = await LocalEmulator.StartAsync(new() { DataFile = dataFile });
        Assert.Equal("AcmeQueue", Assert.Single(await without.RowsAsync("LIST STORES"))["Type"]);
        Assert.Single(await without.RowsAsync("DESCRIBE STORE x"));
        Assert.Equal(
            "store x is of a type that this emulator does not know",
            (await without.RefusalAsync("UPDATE STORE x WITH ('acme.mode' = FAST)")).MessageText
        );
        await without.RunAsync("DROP STORE x");
    }

    [Fact]
    public async Task Several_are_taken_in_every_usual_encoding_of_a_file()
    {
        var other = Acme.Replace("acme-queue", "other", StringComparison.Ordinal)
            .Replace("ACME_QUEUE", "OTHER", StringComparison.Ordinal);
        await using var emulator = await LocalEmulator.StartAsync(
            Options("\uFEFF" + Acme.ReplaceLineEndings("\r\n"), other)
        );

        await emulator.RunAsync($"CREATE STORE x WITH ({With})");
        await emulator.RunAsync(
            $"CREATE STORE y WITH ({With.Replace("ACME_QUEUE", "OTHER", StringComparison.Ordinal)})"
        );
    }

    [Theory]
    [InlineData("kafka", "KAFKA", "has the subtype 'kafka', which the emulator itself has: change it.")]
    [InlineData("s3", "ACME", "has the subtype 's3', which the emulator itself has: change it.")]
    [InlineData(
        "my-kafka",
        "KAFKA",
        "has the type KAFKA, which the subtype 'kafka' of the emulator itself has. A statement names the type only, so the emulator could not tell the two apart: change it."
    )]
    [InlineData(
        "my-postgres",
        "POSTGRESQL",
        "has the type POSTGRESQL, which the subtype 'postgres' of the emulator itself has."
    )]
    [InlineData("acme-queue", "OTHER", "has the subtype 'acme-queue', which the spec 'FIRST' has: change it.")]
    [InlineData(
        "other",
        "ACME_QUEUE",
        "has the type ACME_QUEUE, which the subtype 'acme-queue' of the spec 'FIRST' has."
    )]
    public async Task What_another_spec_has_is_refused(string subtype, string type, string message)
    {
        var first = Write(Acme);
        var second = Write(
            Acme.Replace("acme-queue", subtype, StringComparison.Ordinal)
                .Replace("ACME_QUEUE", type, StringComparison.Ordinal)
        );

        var e = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DeltaStreamEmulator.StartAsync(new() { SpecFiles = [first, second] })
        );

        Assert.StartsWith(
            $"The spec '{second}' {message.Replace("FIRST", first, StringComparison.Ordinal)}",
            e.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>A text of the spec, what stands there instead, the line, and the reason.</summary>
    public static TheoryData<string, string, int, string> Broken =>
        new()
        {
            { Acme, "", 1, "" },
            { Acme, "null", 1, "It is null." },
            { Acme, "[]", 1, "the spec language has another kind of value here." },
            { "\"title\": \"Acme\",", "\"title\": \"Acme\"", 6, "" },
            { "\"rules\": [", "// why\n\"rules\": [", 24, "" },
            { "\"type\": \"ACME_QUEUE\",", "", 1, "required is 'type'." },
            {
                "\"rules\": [",
                "\"rulez\": [",
                24,
                "this member is not in the spec language. Correct its name, or leave it out."
            },
            { "\"required\": true", "\"require\": true", 9, "this member is not in the spec language." },
            {
                "\"kind\": \"enum\"",
                "\"kind\": \"enumeration\"",
                13,
                "the spec language has another kind of value here."
            },
            {
                "\"default\": false",
                "\"default\": \"never\"",
                19,
                "'never' is no value of 'tlsDisabled'; there are true and false."
            },
            {
                "\"default\": \"fast\"",
                "\"default\": \"slow\"",
                13,
                "'slow' is no value of 'mode'; there are fast, safe."
            },
            {
                "\"mode\": [\"safe\"]",
                "\"mode\": [\"slow\"]",
                25,
                "'slow' is no value of 'mode'; there are fast, safe."
            },
            { "\"mode\": [\"safe\"]", "\"mood\": [\"safe\"]", 25, "There is no property 'mood'." },
            { "\"user\": \"unset\"", "\"user\": \"maybe\"", 26, "There is no condition 'maybe'." },
            { "\"forbid\": [\"password\"]", "\"forbid\": [\"passwort\"]", 26, "There is no property 'passwort'." },
            { "\"members\": [\"user\"", "\"members\": [\"usr\"", 28, "There is no property 'usr'." },
            { "\"queue_name\": \"queue\"", "\"queue_name\": \"cue\"", 29, "There is no property 'cue'." },
            {
                "\"queue_name\": \"queue\"",
                "\"a\": \"queue\", \"b\": \"queue\"",
                29,
                "The details have 'queue' twice."
            },
            { "\"username\": \"user\"", "\"username\": \"usr\"", 30, "There is no property 'usr'." },
            {
                "\"protocol\": \"postgresql\"",
                "\"protocol\": \"mysql\"",
                30,
                "The emulator can't probe by 'mysql'; it can by 'postgresql'."
            },
            {
                "\"acme.user\"",
                "\"acme.password\"",
                21,
                "'password' has the key 'acme.password', which 'user' has too."
            },
            { "\"acme.user\"", "\"type\"", 20, "'user' has the key of the type." },
            {
                "\"kind\": \"string\", \"mutable\": true, \"description\": \"The user.\"",
                "\"kind\": \"file\", \"description\": \"The user.\"",
                20,
                "'user' is of kind file and has no 'file'."
            },
            { "\"queue\": {", "\"user\": {", 20, "" },
            { "\"key\": \"acme.mode\",", "", 12, "required is 'key'." },
            { "\"port\": \"required\"", "\"port\": \"needed\"", 10, "'needed' is not required or optional." },
            { "\"port\": \"required\", ", "", 10, "required is 'port'." },
            { "\"port\": \"required\"", "\"port\": []", 10, "the spec language has another kind of value here." },
            { "\"path\": \"segment\"", "\"path\": \"one\"", 10, "'one' is not none, any or segment." },
            { "\"path\": \"segment\"", "\"paths\": \"segment\"", 10, "this member is not in the spec language." },
            {
                "acme-queue",
                "Acme",
                3,
                "The subtype 'Acme' is not words of a-z and 0-9 with hyphens between them, such as acme-queue."
            },
            { "acme-queue", "acme--queue", 3, "The subtype 'acme--queue' is not words" },
            { "ACME_QUEUE", "Acme", 4, "The type 'Acme' is not a bareword of A-Z, 0-9 and _, such as ACME_QUEUE." },
        };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task A_broken_spec_is_named_with_its_path_its_line_and_the_reason(
        string text,
        string instead,
        int line,
        string reason
    )
    {
        Assert.Contains(text, Acme, StringComparison.Ordinal);
        var file = Write(Acme.Replace(text, instead, StringComparison.Ordinal));

        var e = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DeltaStreamEmulator.StartAsync(new() { SpecFiles = [file] })
        );

        var message = e.Message.Replace(file, "FILE", StringComparison.Ordinal);
        Assert.Matches(
            $"^The spec 'FILE' is not understood at line {line}( \\([^)]+\\))?: {Regex.Escape(reason)}",
            message
        );
        Assert.DoesNotContain("DeltaStream.Emulator.", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_a_spec_and_named_by_its_place()
    {
        await using var rest = await RestEmulator.StartAsync(new() { Specs = [Acme] });
        await rest.RunAsync($"CREATE STORE r WITH ({With})");

        var twice = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DeltaStreamEmulator.StartAsync(new() { Specs = [Acme, Acme] })
        );
        Assert.Equal(
            "The spec 'Specs[1]' has the subtype 'acme-queue', which the spec 'Specs[0]' has: change it.",
            twice.Message
        );
        var broken = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DeltaStreamEmulator.StartAsync(
                new() { Specs = [Acme.Replace("\"rules\"", "\"rulez\"", StringComparison.Ordinal)] }
            )
        );
        Assert.StartsWith("The spec 'Specs[0]' is not understood at line 24", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        foreach (var path in new[] { "/none/acme.store.json", _folder.FullName })
        {
            var e = await Assert.ThrowsAnyAsync<IOException>(() =>
                DeltaStreamEmulator.StartAsync(new() { SpecFiles = [path] })
            );
            Assert.Contains(path, e.Message, StringComparison.Ordinal);
        }
    }

    private DeltaStreamEmulatorOptions Options(params string[] specs) => new() { SpecFiles = [.. specs.Select(Write)] };

    private string Write(string spec)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.store.json");
        File.WriteAllText(path, spec);
        return path;
    }
}
