using System.Diagnostics;
using System.Globalization;
using DeltaStream.TestSupport;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>The PostgreSQL command line against the emulator.</summary>
public class PsqlTests
{
    internal static async Task<(int ExitCode, string Output, string Error)> PsqlAsync(
        DeltaStreamEmulator emulator,
        string input,
        string? password = null,
        params string[] more
    )
    {
        var port = emulator.PostgresEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        // Tuples only and unaligned: what is printed is the values.
        var info = new ProcessStartInfo(
            PostgresBinaries.Find("psql") ?? "psql",
            ["-X", "-A", "-t", "-h", "127.0.0.1", "-p", port, .. more]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["PGCLIENTENCODING"] = "UTF8";
        info.Environment.Remove("PGUSER");
        info.Environment.Remove("PGDATABASE");
        if (password is not null)
        {
            info.Environment["PGPASSWORD"] = password;
        }

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    [PsqlFact]
    public async Task A_session_from_create_to_drop()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        const string Input = """
            CREATE STORE "we""ird 东西" WITH ( -- a comment
                'type' = KAFKA,
                'uris' = 'b:9092',
                'kafka.sasl.hash_function' = PLAIN,
                'kafka.sasl.username' = 'u',
                'kafka.sasl.password' = 'a''b"c\d'
            );
            SELECT name, type, status, "owner" FROM deltastream.sys."stores" WHERE name = 'we"ird 东西';
            UPDATE STORE "we""ird 东西" WITH (
                'kafka.sasl.hash_function' = SHA256, 'kafka.sasl.username' = 'u', 'kafka.sasl.password' = 'a''b"c\d',
                'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE, 'uris' = 'c:9092'
            );
            \pset fieldsep ' '
            DESCRIBE STORE "we""ird 东西"
            \gset
            \echo :Uri :Details :TlsEnabled
            \pset fieldsep '|'
            DROP STORE "we""ird 东西";
            SELECT count(*) FROM deltastream.sys."stores";
            """;

        var (exitCode, output, error) = await PsqlAsync(emulator, Input);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            """
            store|we"ird 东西|CREATE|store "we"ird 东西" was successfully created|"we""ird 东西"
            we"ird 东西|Kafka|ready|sysadmin
            store|we"ird 东西|UPDATE|store "we"ird 东西" was successfully updated|"we""ird 东西"
            UPDATE 1
            Field separator is " ".
            c:9092 {"sasl.hash_function":"SHA256"} t
            Field separator is "|".
            store|we"ird 东西|DROP|store "we"ird 东西" was successfully dropped|"we""ird 东西"
            0

            """,
            output
        );
    }

    [PsqlFact]
    public async Task A_listing_is_empty_or_has_a_line_for_each_store()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        Assert.Equal((0, "", ""), await PsqlAsync(emulator, "LIST STORES;"));
        var (_, output, _) = await PsqlAsync(
            emulator,
            $"CREATE STORE a WITH ({LocalEmulator.Kafka}); CREATE STORE b WITH ({LocalEmulator.Postgres});\nLIST STORES;"
        );
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..];
        Assert.Matches(@"^a\|Kafka\|ready\|\|f\|sysadmin\|\d{4}-.*\+00\|.*\+00\|""a""$", lines[0]);
        Assert.Matches(@"^b\|Postgres\|ready\|\|f\|sysadmin\|\d{4}-.*\+00\|.*\+00\|""b""$", lines[1]);
    }

    [PsqlFact]
    public async Task A_refusal_is_shown_with_its_advice_and_without_the_statement()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        var (_, _, error) = await PsqlAsync(
            emulator,
            "CREATE STORE x WITH ('type' = KAFKA, 'kafka.sasl.password' = 'hunter2', 'tls.disabled' = 'TRUE');"
        );
        Assert.Contains(
            "ERROR:  parse error: line 1:89 no viable alternative at input ''tls.disabled' ='",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("HINT:  expected is the bareword TRUE or FALSE", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [PsqlFact]
    public async Task What_psql_asks_of_PostgreSQL_fails_and_the_session_goes_on()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        var (exitCode, output, error) = await PsqlAsync(emulator, "\\d\n\\l\n\\dt *.*\n\\df\n\\du\nSELECT 'alive';");
        Assert.Equal((0, "alive\n"), (exitCode, output));
        Assert.Contains("the emulator has no PostgreSQL catalog", error, StringComparison.Ordinal);
    }

    [PsqlFact]
    public async Task The_password_lets_in_and_another_does_not()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { Password = "a'b\"c\\d" });
        string[] user = ["-U", "deltastream"];
        Assert.Equal((0, "1\n", ""), await PsqlAsync(emulator, "SELECT 1;", "a'b\"c\\d", user));
        var (exitCode, _, error) = await PsqlAsync(emulator, "SELECT 1;", "hunter2", user);
        Assert.Equal(2, exitCode);
        Assert.Contains("password authentication failed for user \"deltastream\"", error, StringComparison.Ordinal);
    }
}
