using System.Collections;
using System.Text;
using DeltaStream.Data.Tests.Serving;
using DeltaStream.TestSupport;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>Secrets in every place where a user may put them, watched on every way out, over every way to fail.</summary>
public sealed class CanaryTests
{
    private static readonly (int Status, string Body)[] s_scenes =
    [
        (200, Responses.Success),
        (200, Responses.Failure("42601", "no")),
        (200, "{"),
        (200, "<html>"),
        (202, "{}"),
        (400, ""),
        (401, Responses.Error("no")),
        (403, Responses.Error("no")),
        (404, Responses.Error("no")),
        (302, ""),
        (408, ""),
        (500, Responses.Error("no")),
        (503, ""),
        (200, """{"sqlState":"00000","metadata":{"encoding":"avro"}}"""),
    ];

    [Theory, BothWays]
    public async Task No_secret_shows_anywhere(bool async)
    {
        using var watch = new CanaryWatch();
        var token = watch.Canary("tok-");
        var statement = $"CREATE STORE s WITH ('kafka.sasl.password' = '{watch.Canary()}', 'p' = @p, 'f' = '@f')";
        var file = Encoding.UTF8.GetBytes(watch.Canary("-----BEGIN PRIVATE KEY-----"));
        var parameter = watch.Canary();
        var dataplaneToken = watch.Canary("dp-");

        await using var server = await ScriptedServer.StartAsync();
        foreach (var (status, body) in s_scenes)
        {
            server.Respond(status, body);
        }
        // The service repeats what it was told.
        server
            .Respond(401, Responses.Error($"bad token {token}"))
            .Respond(500, Responses.Error(new string('x', 1_990) + token))
            .Respond(Responses.Failure("42601", $"by {token}"))
            .Respond(Responses.Failure(token, "the state is the token"))
            .Respond(Responses.Dataplane("http://elsewhere.example/v2", dataplaneToken))
            .Respond(Responses.Dataplane($"https://u:{dataplaneToken}@elsewhere.example/v2", dataplaneToken))
            .Respond(Responses.Dataplane("https://elsewhere.example/v2", dataplaneToken, dataplaneToken))
            .Respond(Responses.Dataplane(server.Address + "v2", dataplaneToken))
            .Respond(403, Responses.Error($"bad token {dataplaneToken}, not {token}"))
            .Respond(http =>
            {
                http.Abort();
                return Task.CompletedTask;
            });
        var calls = s_scenes.Length + 9;
        await using var source = Execution.Source(server.Address, o => o.Token = token);
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Attachments.Add("@f", file);
        command.Parameters.Add(new DeltaStreamParameter { ParameterName = "p", Value = parameter });

        var failures = new List<Exception>();
        for (var i = 0; i < calls; i++)
        {
            try
            {
                await command.NonQueryAsync(async);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        Assert.Equal(calls - 1, failures.Count);
        foreach (var failure in failures)
        {
            watch.Look("exception", failure.ToString());
            foreach (DictionaryEntry entry in failure.Data)
            {
                watch.Look("exception's data", $"{entry.Key} {entry.Value}");
            }

            if (failure is DeltaStreamException known)
            {
                watch.Look("SQLSTATE", known.SqlState);
            }
        }
        foreach (object shown in new object[] { source, connection, command, command.Attachments, command.Parameters })
        {
            watch.Look(shown.GetType().Name, shown.ToString());
        }

        watch.Look("options", new DeltaStreamOptions { Token = token }.ToString());
        watch.Look("connection string", connection.ConnectionString);
        watch.Look("connection string", source.ConnectionString);
        watch.Look("connection string", new DeltaStreamConnection($"Token={token}").ConnectionString);

        Assert.True(watch.Seen > calls);
        Assert.Empty(watch.Leaks);
        // They were sent, or their absence elsewhere would prove nothing.
        Assert.All(
            server.Requests.Take(s_scenes.Length),
            r => Assert.Contains(token, r.Headers["Authorization"], StringComparison.Ordinal)
        );
        Assert.Contains(parameter, server.Requests[0].Statement, StringComparison.Ordinal);
        Assert.Equal(file, server.Requests[0].Parts[1].Content);
    }

    [Fact]
    public void No_secret_shows_in_a_refused_setting()
    {
        using var watch = new CanaryWatch();
        var token = watch.Canary();
        Action[] mistakes =
        [
            () => DeltaStreamDataSource.Create($"Token={token} x"),
            () => DeltaStreamDataSource.Create($"Token={token};Sever=x"),
            () => DeltaStreamDataSource.Create($"Token={token};Server=https://u:{token}@h"),
            () => DeltaStreamDataSource.Create($"Token={token};Server=https://h?{token}"),
            () => DeltaStreamDataSource.Create($"Token={token};Server={token}"),
            () => DeltaStreamDataSource.Create($"Token={token};Command Timeout={token}"),
            () => DeltaStreamDataSource.Create($"Token={token};'"),
            () => DeltaStreamDataSource.FromEnvironment(n => n + token),
        ];

        foreach (var mistake in mistakes)
        {
            watch.Look("refusal", Assert.ThrowsAny<ArgumentException>(mistake).ToString());
        }

        Assert.True(watch.Seen >= mistakes.Length);
        Assert.Empty(watch.Leaks);
    }
}
