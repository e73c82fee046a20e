using System.Text.Json.Nodes;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>The verbs that need no declarations, how they are connected, and what they print for people and machines.</summary>
public sealed class ReadingVerbTests : ToolTest
{
    [Fact]
    public async Task Stores_are_listed_shown_waited_for_and_deleted_over_both_transports()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);

        var listed = (await RunAsync("list")).Ended(0);
        Assert.Equal(11, listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("NAME", listed.Output, StringComparison.Ordinal);
        Assert.Equal("", listed.Error);

        var shown = (await RunAsync("show", "orders", "--output", "json")).Ended(0).Json;
        Assert.Equal("b-1.example.com:9092,b-2.example.com:9092", (string?)shown["values"]!["uris"]);
        Assert.Equal("ready", (string?)shown["stores"]![0]!["state"]);

        Environment.Remove("DELTASTREAM_SERVER");
        Environment["DELTASTREAM_CONNECTION"] = Emulator.PostgresConnectionString;
        Assert.Contains(
            "uris = 'https://mybucket.s3.us-west-2.amazonaws.com/'",
            (await RunAsync("show", "archive")).Ended(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "orders: ready\nlake: ready\n",
            (await RunAsync("wait", "orders", "lake", "orders")).Ended(0).Output
        );
        (await RunAsync("plan", "--exit-code")).Ended(0);
        Assert.Equal(
            "orders: gone\nnone: does not exist\n",
            (await RunAsync("delete", "--yes", "orders", "none")).Ended(0).Output
        );
        // The state forgot it, so it is no surprise.
        Assert.Contains(
            "+ orders (kafka): create, because the catalog shows no store of that name",
            (await RunAsync("plan", "--exit-code")).Ended(2).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_does_not_exist_is_said_with_a_way_to_find_what_does()
    {
        Assert.Equal(
            "There is no store 'nix' that the role can see: 'deltastream-stores list' shows which there are.\n",
            (await RunAsync("show", "nix")).Ended(1).Error
        );
        Assert.Contains(
            "nix: There is no store 'nix' that the role can see",
            (await RunAsync("wait", "nix")).Ended(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no option '--dry-run'",
            (await RunAsync("delete", "nix", "--dry-run")).Ended(1).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "DELTASTREAM_API_KEY",
        null,
        "There is no API token: set DELTASTREAM_API_KEY, in the environment or in the file .env next to the declarations."
    )]
    [InlineData("DELTASTREAM_API_KEY", "wrong", "Could not list the stores: ")]
    [InlineData(
        "DELTASTREAM_SERVER",
        "http://127.0.0.1:1",
        "Could not list the stores: There is no connection to 127.0.0.1:1."
    )]
    [InlineData("DELTASTREAM_SERVER", "http://example.com", "must be an https:// URL")]
    [InlineData(
        "DELTASTREAM_CONNECTION",
        "Host=127.0.0.1;Port=1",
        "DELTASTREAM_SERVER and DELTASTREAM_CONNECTION name two transports"
    )]
    public async Task Without_a_connection_the_exit_code_is_4(string variable, string? value, string message)
    {
        Environment[variable] = value ?? "";

        var run = (await RunAsync("list", "--output", "json")).Ended(4);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.TrimEnd('\n'), (string?)run.Json["error"]);
        Assert.Equal("list", (string?)run.Json["verb"]);
    }

    [Fact]
    public async Task An_option_counts_more_than_the_environment()
    {
        Environment["DELTASTREAM_SERVER"] = "http://127.0.0.1:1";
        Environment["DELTASTREAM_URL"] = "http://127.0.0.1:1";

        (await RunAsync("list", "--server", Emulator.ServerUri.ToString())).Ended(0);
        (await RunAsync("list", "--connection", Emulator.PostgresConnectionString)).Ended(0);
        Assert.Contains(
            "keep one of them",
            (await RunAsync("list", "--connection", "Host=x", "--server", "https://x")).Ended(4).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--role needs the REST API",
            (await RunAsync("list", "--connection", "Host=x", "--role", "r")).Ended(4).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_is_refused_by_either_transport_has_no_connection()
    {
        var wrong = $"{Emulator.PostgresConnectionString};Password=wrong";

        Assert.Contains(
            "Check the user and the password",
            (await RunAsync("list", "--connection", wrong)).Ended(4).Error,
            StringComparison.Ordinal
        );
        (await RunAsync("list", "--connection", "Host=127.0.0.1;Port=1")).Ended(4);
        (await RunAsync("wait", "orders", "--server", "http://127.0.0.1:1")).Ended(4);
        (await RunAsync("list", "--connection", "no connection string")).Ended(4);
    }

    [Fact]
    public async Task A_shell_can_complete_verbs_and_options()
    {
        Assert.Equal("drift\n", (await RunAsync("[suggest:2]", "dr")).Ended(0).Output);
        Assert.Contains(
            "--prune\n",
            (await RunAsync("[suggest:9]", "plan --pr")).Ended(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stack_trace_is_shown_on_request_only()
    {
        Environment["DELTASTREAM_API_KEY"] = "wrong";

        Assert.DoesNotContain("   at ", (await RunAsync("list")).Error, StringComparison.Ordinal);
        Assert.Contains("   at ", (await RunAsync("list", "--verbose")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_needs_no_connection_and_names_every_fault_of_every_file()
    {
        Environment.Remove("DELTASTREAM_API_KEY");
        DeclareAll();
        Assert.Equal("10 declarations, all valid\n", (await RunAsync("validate")).Ended(0).Output);

        Edit("kafka.yaml", "SHA512", "SHA-512");
        Write(
            "orders.json",
            """{"name":"archive","postgres":{"uris":"db.example.com/demo","username":"u","password":"plain"}}"""
        );
        Write("stores.state.json", "{");
        Write("store.schema.json", "{");
        Write("plan.json", "{");

        var run = (await RunAsync("validate", "--output", "json")).Ended(3);

        Assert.Equal(
            """
            kafka.yaml(5,23): kafka.saslHashFunction is none of the values there are: write NONE or PLAIN or SHA256 or SHA512 or AWS_MSK_IAM; did you mean 'SHA512'?
            orders.json(1,86): warning: postgres.password is a secret in plain text: write {"env": "NAME"} or {"file": "path"}, and keep it elsewhere
            s3.yml(1,9): Two files declare the store 'archive', the other is orders.json: rename or remove one of them
            2 faults: nothing was sent.

            """,
            run.Error
        );
        Assert.Equal(3, run.Json["faults"]!.AsArray().Count);
        Assert.Equal(run.Error, (await RunAsync("apply", "--yes")).Ended(3).Error);
        Directory.CreateDirectory(Path.Combine(Folder, "more"));
        Write("more/.env", "THERE=x");
        Write(
            "more/a.yaml",
            "name: there\npostgres: { uris: db.example.com/demo, username: u, password: { env: THERE } }"
        );
        (await RunAsync("validate", "postgres.json", "s3.yml", "more")).Ended(0);
        Assert.Equal(
            "nowhere: There is no such file or folder: check the path\n1 fault: nothing was sent.\n",
            (await RunAsync("validate", "nowhere")).Ended(3).Error
        );
    }

    [Fact]
    public async Task Sub_folders_are_not_read_and_every_verb_that_reads_says_so()
    {
        DeclareAll();
        foreach (var name in new[] { "prod/eu/kafka.yaml", "test/kafka.yaml", ".git/kafka.yaml", "empty/notes.md" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, Path.GetDirectoryName(name)!));
            Write(name, "name: else");
        }

        const string Warning =
            ".: warning: Sub-folders are not read, and these hold JSON or YAML: prod, test. Run the command for each of them, or move declarations up\n";
        Assert.Equal(Warning, (await RunAsync("validate")).Ended(0).Error);
        Assert.Equal(Warning, (await RunAsync("plan")).Ended(0).Error);
        Assert.EndsWith(Warning, (await RunAsync("apply", "--yes")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal(Warning, (await RunAsync("drift")).Ended(0).Error);
        Assert.Equal(Warning, (await RunAsync("import", "--all")).Ended(0).Error);

        // Who names a folder reads it.
        Assert.DoesNotContain(
            "Sub-folders",
            (await RunAsync("validate", ".", "test", "prod/eu")).Ended(3).Error,
            StringComparison.Ordinal
        );
        Assert.Equal("", (await RunAsync("validate", "kafka.yaml")).Ended(0).Error);
    }

    [Fact]
    public async Task Another_key_is_sent_for_what_is_unverified()
    {
        Write(
            "a.json",
            """{"name":"orders","kafka":{"uris":"b:9092","saslHashFunction":"NONE","schemaRegistryName":"sr"}}"""
        );
        Write(".env", "DELTASTREAM_KEY_OVERRIDES=kafka.schemaRegistryName=kafka.schema_registry_name:string");

        var planned = (await RunAsync("plan", "--output", "json")).Ended(0).Json;

        Assert.Contains(
            "'kafka.schema_registry_name' = 'sr'",
            (string?)planned["plan"]![0]!["statements"]![0],
            StringComparison.Ordinal
        );
        Environment["DELTASTREAM_KEY_OVERRIDES"] = "kafka.uri=x";
        Assert.StartsWith(
            "DELTASTREAM_KEY_OVERRIDES: There is no property 'kafka.uri'.",
            (await RunAsync("plan")).Ended(1).Error,
            StringComparison.Ordinal
        );
        Environment["DELTASTREAM_KEY_OVERRIDES"] = "kafka";
        Assert.StartsWith(
            "DELTASTREAM_KEY_OVERRIDES: 'kafka' is not an override: write subtype.property=key",
            (await RunAsync("list")).Ended(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Colors_are_off_without_a_terminal() =>
        Assert.DoesNotContain('\u001b', (await RunAsync("list")).Ended(0).Output);

    [Fact]
    public async Task The_form_of_json_is_stable()
    {
        Write(
            "a.json",
            """{"name":"billing","postgres":{"uris":"db.example.com/demo","username":"u","password":"plain"}}"""
        );

        var names = new List<string>();
        foreach (
            var arguments in new[]
            {
                "validate",
                "plan",
                "apply --yes",
                "show billing",
                "list",
                "wait billing",
                "delete billing --yes",
            }
        )
        {
            names.Add(
                $"{arguments}: {Names((await RunAsync([.. arguments.Split(' '), "--output", "json"])).Ended(0).Json)}"
            );
        }

        const string Store = "{createdAt, isErrored, isReady, name, owner, state, type, updatedAt}";
        const string Plan = "[{action, changes[], name, reason, sendsStatements, statements[], subtype, unknown[]}]";
        const string Faults = "[{code, column, file, isWarning, line, message, path}]";
        Assert.Equal(
            [
                "validate: {declared[{file, name, subtype}], exitCode, faults" + Faults + ", verb}",
                "plan: {exitCode, faults" + Faults + ", plan" + Plan + ", verb}",
                "apply --yes: {exitCode, faults"
                    + Faults
                    + ", outcomes[{name, outcome, state}], plan"
                    + Plan
                    + ", verb}",
                "show billing: {exitCode, stores["
                    + Store
                    + "], values{tlsDisabled, tlsVerifyServerHostname, uris}, verb}",
                "list: {exitCode, stores[" + Store + "], verb}",
                "wait billing: {exitCode, outcomes[{name, outcome, state}], verb}",
                "delete billing --yes: {exitCode, outcomes[{name, outcome}], verb}",
            ],
            names
        );

        static string Names(JsonNode? node) =>
            node switch
            {
                JsonObject members =>
                    $"{{{string.Join(", ", members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Key + Names(m.Value)))}}}",
                JsonArray items => $"[{Names(items.FirstOrDefault(i => i is JsonObject))}]",
                _ => "",
            };
    }
}
