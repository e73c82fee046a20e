using System.Text;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Submission;

public sealed class RequestTests
{
    [Theory, BothWays]
    public async Task A_statement_without_files_goes_as_json(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("DROP STORE \"é東西\"");

        Assert.Equal(-1, await command.NonQueryAsync(async));

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/v2/statements", request.Target);
        Assert.Equal($"Bearer {Execution.Token}", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("DROP STORE \"é東西\";", request.Statement);
        Assert.Equal(["statement", "parameters"], request.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"timezone":"UTC"}""", request.Json.GetProperty("parameters").GetRawText());
        Assert.False(request.Headers.ContainsKey("Cookie"));
    }

    [Theory, BothWays]
    public async Task Every_setting_goes_along(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.Organization = "o";
                o.Role = "r";
                o.Database = "d";
                o.Schema = "s";
                o.Store = "st";
                o.ComputePool = "cp";
                o.SessionId = "my session";
                o.ApplicationName = "tool/1.2";
            }
        );
        await using var command = source.CreateCommand("LIST STORES;");

        await command.NonQueryAsync(async);

        var request = Assert.Single(server.Requests);
        Assert.Equal(
            """{"statement":"LIST STORES;","organization":"o","role":"r","database":"d","schema":"s","store":"st","computePool":"cp","parameters":{"sessionID":"my session","timezone":"UTC"}}""",
            request.Text
        );
        Assert.Matches("^tool/1\\.2 DeltaStream\\.Data/[0-9.]+ session/my%20session$", request.Headers["User-Agent"]);
    }

    [Theory, BothWays]
    public async Task Files_go_as_multipart_with_their_literal_as_name(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE \"s\" WITH ('tls.ca_cert_file' = '@cacert');");
        byte[] weird = [0, 255, 13, 10, 13, 10, 45, 45, 128];
        command.Attachments.Add("@cacert", Encoding.UTF8.GetBytes("-----BEGIN"));
        command.Attachments.Add("my key; v=1%.pem", weird);
        command.Attachments.Add("empty", ReadOnlyMemory<byte>.Empty);

        await command.NonQueryAsync(async);

        var request = Assert.Single(server.Requests);
        Assert.Equal(4, request.Parts.Count);
        Assert.Equal(
            ["Content-Disposition: form-data; name=\"request\"", "Content-Type: application/json"],
            request.Parts[0].Headers
        );
        Assert.Equal("CREATE STORE \"s\" WITH ('tls.ca_cert_file' = '@cacert');", request.Statement);
        Assert.Equal(
            [
                "Content-Disposition: form-data; name=\"attachments\"; filename=\"@cacert\"",
                "Content-Type: application/octet-stream",
            ],
            request.Parts[1].Headers
        );
        Assert.Equal("-----BEGIN"u8.ToArray(), request.Parts[1].Content);
        Assert.Contains(
            "Content-Disposition: form-data; name=\"attachments\"; filename=\"my key; v=1%.pem\"",
            request.Parts[2].Headers
        );
        Assert.Equal(weird, request.Parts[2].Content);
        Assert.Empty(request.Parts[3].Content);
    }

    [Fact]
    public async Task Files_go_again_with_each_execution_until_they_are_cleared()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");
        command.Attachments.Add("@a", [1]);

        await command.ExecuteNonQueryAsync();
        await command.ExecuteNonQueryAsync();
        command.Attachments.Clear();
        await command.ExecuteNonQueryAsync();

        Assert.Equal([2, 2, 0], server.Requests.Select(r => r.Parts.Count));
    }
}
