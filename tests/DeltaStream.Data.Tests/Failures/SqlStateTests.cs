using System.Net;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

public sealed class SqlStateTests
{
    [Theory]
    [InlineData("42P05", false, true)]
    [InlineData("42P018", false, true)]
    [InlineData("3D006", false, true)]
    [InlineData("42601", false, true)]
    [InlineData("42501", false, true)]
    [InlineData("53000", false, true)]
    [InlineData("57000", false, false)]
    [InlineData("XX000", false, false)]
    [InlineData("ZZ999", false, false)]
    [InlineData("3E001", true, false)]
    [InlineData("3E002", true, false)]
    [InlineData("3E003", true, false)]
    [InlineData("3E004", true, false)]
    [InlineData("57014", true, false)]
    [InlineData("57015", true, false)]
    public async Task An_SQLSTATE_is_carried_as_it_is(string state, bool transient, bool proves)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure(state, "store s is not as it should be"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        foreach (var async in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.Equal(state, failure.SqlState);
            Assert.Equal("store s is not as it should be", failure.Message);
            Assert.Equal(HttpStatusCode.OK, failure.HttpStatus);
            Assert.Equal(Responses.Id, failure.StatementId);
            Assert.Equal(transient, failure.IsTransient);
            Assert.Equal(!proves, failure.MayHaveExecuted);
        }
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task A_failure_without_text_names_its_SQLSTATE(string message)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond($$"""{"sqlState":"XX001","message":{{message}}}""");
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Contains("SQLSTATE XX001", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.StatementId);
    }

    [Fact]
    public async Task The_token_and_the_statement_are_taken_out_of_the_services_text()
    {
        const string statement = "CREATE STORE s WITH ('kafka.sasl.password' = 'hunter2')";
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("42601", $"cannot parse {statement}; by {Execution.Token}"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Equal("cannot parse ***; by ***", failure.Message);
    }

    // ANTLR quotes the stretch of the statement that it could not read, and others the value that they refuse.
    [Theory]
    [InlineData(
        "CREATE STORE s WITH ('kafka.sasl.password' = 'hunter2', 'x'",
        "no viable alternative at input ''kafka.sasl.password' = 'hunter2', 'x'"
    )]
    [InlineData("CREATE STORE s WITH ('kafka.sasl.password'='hunter2')", "hunter2 is refused")]
    [InlineData("CREATE STORE s WITH (kafka.sasl.PASSWORD /* c */ = 'hunter2')", "hunter2 is refused")]
    [InlineData("CREATE STORE s /* /* */ it's */ WITH (password = 'hunter2')", "hunter2 is refused")]
    [InlineData("/* /* */ CREATE STORE s WITH (password = 'hunter2') -- */", "hunter2 is refused")]
    [InlineData("UPDATE STORE s WITH ('kinesis.secret_access_key' = 'hunter2')", "hunter2 is refused")]
    [InlineData("CREATE SECRET x WITH ('secret_string' = 'it''s hunter2')", "it's hunter2 is refused")]
    [InlineData("CREATE SECRET x WITH ('secret_string' = 'it''s hunter2')", "'it''s hunter2' is refused")]
    [InlineData("CREATE STORE s WITH ('postgres.password' = 'hunter2", "token recognition error at: ''hunter2'")]
    [InlineData("CREATE SECRET s WITH ('a.token' = 'abcd', 'b.token' = 'abcd hunter2')", "abcd hunter2 is refused")]
    [InlineData("ALTER USER u PASSWORD 'hunter2'", "hunter2 is refused")]
    public async Task A_secret_value_is_taken_out_of_the_services_text(string statement, string said)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("42601", said)).Respond(400, Responses.Error(said));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);

        for (var i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

            Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
            Assert.Contains("***", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_user_has_to_know_stays_in_the_services_text()
    {
        const string said = "store orders: 'tls.ca_cert_file' file not attached: @cacert, @keyfile";
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("42601", said));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(
            "CREATE STORE \"orders\" WITH ('tls.ca_cert_file' = '@cacert', 'tls.client.key_file' = '@keyfile', 'name' = 'orders')"
        );

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Equal(said, failure.Message);
    }
}
