using System.Text.Json.Nodes;
using DeltaStream.Data;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>Stores that exist become declarations, and what somebody else changes is told.</summary>
public sealed class ImportTests : ToolTest
{
    [Fact]
    public async Task Imported_stores_are_as_declared_once_the_placeholders_are_filled()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);
        var before = Changes.Length;

        (await RunAsync("init", "imported")).Ended(0);
        File.Delete(Path.Combine(Folder, "imported/orders.json"));
        var imported = (await RunAsync("import", "--all", "--path", "imported")).Ended(0);

        Assert.Equal(10, imported.Output.Split('\n').Count(l => l.EndsWith(": imported", StringComparison.Ordinal)));
        Assert.Equal(
            """
            {
              "$schema": "store.schema.json",
              "name": "billing",
              "postgres": {
                "uris": "postgresql://db.example.com:5432/demo",
                "username": null,
                "password": {
                  "env": "BILLING_PASSWORD"
                },
                "tlsDisabled": false,
                "tlsVerifyServerHostname": true
              }
            }

            """,
            File.ReadAllText(Path.Combine(Folder, "imported/billing.json"))
        );
        var unfilled = (await RunAsync("plan", "imported")).Ended(3).Error;
        Assert.Contains(
            "billing.json(6,17): postgres.username is null, and must be a text, or leave it out",
            unfilled,
            StringComparison.Ordinal
        );
        Assert.Contains("'BILLING_PASSWORD', which is not set", unfilled, StringComparison.Ordinal);

        const string Role = "\"iamRoleArn\": \"arn:aws:iam::123456789012:role/example\"";
        Fill("archive", "\"iamRoleArn\": null", Role + ", \"iamExternalId\": \"external-id\"");
        Fill("billing", "\"username\": null", "\"username\": \"deltastream\"");
        Fill("clicks", "\"iamRoleArn\": null", Role);
        Fill("cloud", "\"saslHashFunction\": null", "\"saslHashFunction\": \"PLAIN\"");
        Fill("glue", "\"iamRoleArn\": null", Role + ", \"iamExternalId\": \"external-id\"");
        Fill("lake", "\"cloudRegion\": null", "\"cloudRegion\": \"AWS us-east-1\"");
        Fill("lake", "\"username\": null", "\"username\": \"STREAMING_USER\"");
        Fill(
            "orders",
            "\"saslHashFunction\": null",
            "\"saslHashFunction\": \"SHA512\", \"saslUsername\": {\"env\": \"STORE_USER\"}, \"saslPassword\": {\"env\": \"STORE_SECRET\"}"
        );
        Fill("tables", "\"catalogId\": null", "\"catalogId\": \"catalog-id\"");
        Fill("tables", "\"clientId\": null", "\"clientId\": \"client-id\"");
        Fill("tables", "\"clientScope\": null", "\"clientScope\": \"PRINCIPAL_ROLE:ALL\"");
        Fill("views", "\"username\": null", "\"username\": \"default\"");
        foreach (
            var variable in "BILLING_PASSWORD CLOUD_SASL_PASSWORD DELTA_APP_TOKEN DELTA_SECRET_ACCESS_KEY TABLES_CLIENT_SECRET VIEWS_PASSWORD".Split(
                ' '
            )
        )
        {
            Environment[variable] = StoreSecret;
        }

        Environment["CLOUD_SASL_USERNAME"] = Environment["DELTA_ACCESS_KEY_ID"] = "ingest";
        Environment["LAKE_CLIENT_KEY"] = Environment["STORE_KEY"];

        Assert.Equal("10 nothing\n", (await RunAsync("plan", "imported", "--exit-code")).Ended(0).Output);
        Assert.Equal("nothing to do\n", (await RunAsync("apply", "imported")).Ended(0).Output);
        Assert.Equal(before, Changes.Length);
        Assert.Contains(
            "nothing imported",
            (await RunAsync("import", "--all", "--path", "imported")).Ended(0).Output,
            StringComparison.Ordinal
        );

        // From here on the state knows the secret, and a changed one is sent.
        Environment["BILLING_PASSWORD"] = "another";
        Assert.Contains(
            "~ billing (postgres): update",
            (await RunAsync("plan", "imported", "--exit-code")).Ended(2).Output,
            StringComparison.Ordinal
        );

        void Fill(string store, string old, string now) => Edit($"imported/{store}.json", old, now);
    }

    [Fact]
    public async Task What_can_not_be_imported_says_why_and_the_rest_is()
    {
        Write(
            "a.json",
            """
            [
              {"name":"plan","kafka":{"uris":"b:9092","saslHashFunction":"NONE"}},
              {"name":"9 東\"西","postgres":{"uris":"db.example.com/demo","username":"u","password":{"env":"STORE_SECRET"}}}
            ]
            """
        );
        (await RunAsync("apply", "--yes", "--state", "other.state.json")).Ended(0);

        Assert.Contains(
            "plan: It is declared here already",
            (await RunAsync("import", "plan")).Ended(1).Error,
            StringComparison.Ordinal
        );
        File.Delete(Path.Combine(Folder, "a.json"));
        var run = (await RunAsync("import", "nix", "plan", "9 東\"西")).Ended(1);

        Assert.Contains("nix: There is no store 'nix'", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "plan: imported\n9 東\"西: imported\nwrote ./store-plan.json\nwrote ./9%20%E6%9D%B1%22%E8%A5%BF.json\n",
            run.Output,
            StringComparison.Ordinal
        );
        var declaration = File.ReadAllText(Path.Combine(Folder, "9%20%E6%9D%B1%22%E8%A5%BF.json"));
        Assert.Contains("\"name\": \"9 東\\\"西\"", declaration, StringComparison.Ordinal);
        Assert.Contains("\"env\": \"STORE_9_PASSWORD\"", declaration, StringComparison.Ordinal);
        Assert.Contains(
            "Name the stores to import, or write --all.",
            (await RunAsync("import")).Ended(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_imported_store_has_variables_of_its_own()
    {
        string[] names = ["東", "西", "a-b", "a_b", "_", "store"];
        Write(
            "a.json",
            $"[{string.Join(',', names.Select(n => $$$$"""{"name":"{{{{n}}}}","postgres":{"uris":"db.example.com/demo","username":"u","password":{"env":"STORE_SECRET"}}}"""))}]"
        );
        (await RunAsync("apply", "--yes", "--state", "other.state.json")).Ended(0);

        // Two runs: the second knows what the files of the first point to.
        (await RunAsync(["import", .. names[..3], "--path", "imported"])).Ended(0);
        (await RunAsync(["import", .. names[3..], "--path", "imported"])).Ended(0);

        Assert.Equal(
            [
                "A_B_PASSWORD",
                "A_B_PASSWORD_2",
                "STORE_PASSWORD",
                "STORE_PASSWORD_2",
                "STORE_PASSWORD_3",
                "STORE_PASSWORD_4",
            ],
            Directory
                .GetFiles(Path.Combine(Folder, "imported"))
                .Where(f => !f.Contains(".state.", StringComparison.Ordinal))
                .Select(f => (string?)JsonNode.Parse(File.ReadAllText(f))!["postgres"]!["password"]!["env"])
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Drift_is_what_somebody_else_changed_and_nothing_that_is_declared_anew()
    {
        DeclareAll();
        (await RunAsync("apply", "--yes")).Ended(0);
        Assert.Equal("nothing changed outside\n", (await RunAsync("drift", "--exit-code")).Ended(0).Output);

        await using (var dataSource = DeltaStreamDataSource.Create(Emulator.RestConnectionString))
        {
            await dataSource.CreateCommand("DROP STORE \"billing\";").ExecuteNonQueryAsync();
            await dataSource
                .CreateCommand(
                    "UPDATE STORE \"orders\" WITH ('uris' = 'b-9.example.com:9092', 'kafka.sasl.hash_function' = SHA512, "
                        + "'kafka.sasl.username' = 'u', 'kafka.sasl.password' = 'p', 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE);"
                )
                .ExecuteNonQueryAsync();
        }

        Edit("s3.yml", "external-id", "another-id");
        var drift = (await RunAsync("drift", "--exit-code")).Ended(2);

        Assert.StartsWith(
            "~ orders (kafka): update, because changed outside\n",
            drift.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n+ billing (postgres): recreate, because the store was deleted outside\n",
            drift.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'b-9.example.com:9092' -> 'b-1.example.com:9092,b-2.example.com:9092' (changed outside)",
            drift.Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith("2 changed outside\n", drift.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_folder_has_an_example_that_is_valid_and_nothing_is_overwritten()
    {
        var run = (await RunAsync("init", "new")).Ended(0);

        Assert.Equal(
            "wrote new/orders.json\nwrote new/store.schema.json\nwrote new/.gitignore\nwrote new/.env.example\n",
            run.Output
        );
        Write("new/.env", "ORDERS_SASL_USERNAME=u\nORDERS_SASL_PASSWORD=p\n");
        Assert.Equal("1 declaration, all valid\n", (await RunAsync("validate", "new")).Ended(0).Output);
        Write("new/orders.json", "mine");
        Assert.Contains(
            "new/orders.json exists and is kept",
            (await RunAsync("init", "new")).Ended(0).Error,
            StringComparison.Ordinal
        );
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "new/orders.json")));
        Assert.Equal(
            File.ReadAllText(Path.Combine(TestSupport.Repository.Root, "docs/schema/store.json")).TrimEnd(),
            (await RunAsync("schema")).Ended(0).Output.TrimEnd()
        );
        Assert.Equal(
            "DeltaStream stores",
            (string?)(await RunAsync("schema", "--output", "json")).Ended(0).Json["schema"]!["title"]
        );
    }
}
