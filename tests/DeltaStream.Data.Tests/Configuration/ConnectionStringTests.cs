using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Configuration;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Token=t")]
    [InlineData("token=t")]
    [InlineData("API Key=t")]
    [InlineData("api_key=t")]
    [InlineData("ApiKey=t")]
    [InlineData("Password=t")]
    [InlineData("PWD=t")]
    [InlineData("Auth-Token=t")]
    [InlineData("Token=other;Api Key=t")]
    public void A_keyword_has_synonyms(string text)
    {
        var builder = new DeltaStreamConnectionStringBuilder(text);

        Assert.Equal("t", builder.Token);
        Assert.Equal("t", builder["password"]);
        Assert.Equal("Token=t", builder.ConnectionString);
        Assert.True(builder.ContainsKey("API Token"));
        Assert.True(builder.TryGetValue("api key", out _));
        Assert.True(builder.Remove("pwd"));
        Assert.Null(builder.Token);
    }

    [Fact]
    public void Every_keyword_round_trips()
    {
        var builder = new DeltaStreamConnectionStringBuilder
        {
            Server = "https://api.example/v2",
            Token = "a;b='\"c",
            Organization = "o",
            Role = "r",
            Database = "d",
            Schema = "s",
            Store = "st",
            ComputePool = "cp",
            SessionId = "RANDOM",
            ConnectTimeout = 1,
            ResponseHeaderTimeout = 2,
            CommandTimeout = 3,
            MaxRetries = 4,
            RetryDelay = 5,
            ApplicationName = "tool",
            AllowInsecureHosts = "a,b",
        };

        var again = new DeltaStreamConnectionStringBuilder(builder.ConnectionString);

        Assert.True(builder.EquivalentTo(again));
        Assert.Equal("a;b='\"c", again.Token);
        Assert.Equal((1, 2, 3), (again.ConnectTimeout, again.ResponseHeaderTimeout, again.CommandTimeout));
        Assert.Equal((4, 5), (again.MaxRetries, again.RetryDelay));
        Assert.Equal("cp", again["Compute Pool"]);
        Assert.Equal("a,b", again.AllowInsecureHosts);
        again.Role = null;
        Assert.False(again.ContainsKey("Role"));
    }

    [Theory]
    [InlineData("Roll=x", "'Roll'", "'Role'")]
    [InlineData("Sever=x", "'Sever'", "'Server'")]
    [InlineData("CommandTimeot=1", "'CommandTimeot'", "'Command Timeout'")]
    public void A_misspelt_keyword_is_named_with_the_nearest(string text, string named, string advised)
    {
        var error = Assert.Throws<ArgumentException>(() => new DeltaStreamConnectionStringBuilder(text));

        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(advised, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tail_of_a_token_that_is_not_quoted_is_not_shown()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new DeltaStreamConnectionStringBuilder("Token=begin;tailofthetoken=x")
        );

        Assert.DoesNotContain("tail", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The keywords are 'Server', 'Token',", error.Message, StringComparison.Ordinal);
        Assert.Contains("stands in quotes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Command Timeout=-1")]
    [InlineData("Command Timeout=1.5")]
    [InlineData("Connect Timeout=soon")]
    [InlineData("Response Header Timeout=99999999999")]
    public void A_timeout_is_a_number_of_seconds(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create("Token=t;" + text));

        Assert.Contains("whole number of seconds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Max Retries=11", "MaxRetries", "from 0 (none) to 10")]
    [InlineData("Max Retries=often", "'Max Retries'", "a whole number from 0 to 10")]
    [InlineData("Max Retries=-1", "'Max Retries'", "a whole number from 0 to 10")]
    [InlineData("Retry Delay=60001", "RetryDelay", "from zero to 1 minute")]
    [InlineData("Retry Delay=1s", "'Retry Delay'", "a whole number of milliseconds")]
    public void Retries_have_bounds(string text, string name, string bounds)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create("Token=t;" + text));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(bounds, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Retries_are_in_the_connection_string_when_they_are_unusual()
    {
        using var source = DeltaStreamDataSource.Create("Token=t;Max Retries=0;Retry Delay=250");
        using var usual = DeltaStreamDataSource.Create("Token=t;Max Retries=3;Retry Delay=500");

        Assert.EndsWith("Max Retries=0;Retry Delay=250", source.ConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain("Retr", usual.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_written_and_never_read_back()
    {
        const string text = "Server=http://127.0.0.1:9;Token=tok-secret;Role=r;Command Timeout=7";
        using var source = DeltaStreamDataSource.Create(text);
        using var connection = new DeltaStreamConnection(text);
        const string shown = "Server=http://127.0.0.1:9/v2;Role=r;\"Command Timeout\"=7";

        Assert.Equal(
            shown,
            source.ConnectionString.Replace("Command Timeout=7", "\"Command Timeout\"=7", StringComparison.Ordinal)
        );
        Assert.Equal(source.ConnectionString, connection.ConnectionString);
        Assert.Equal(source.ConnectionString, source.CreateConnection().ConnectionString);
        Assert.Equal("127.0.0.1:9", connection.DataSource);
        Assert.Equal(7, connection.CommandTimeout);
        connection.ConnectionString = null;
        Assert.Equal("", connection.ConnectionString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Token=")]
    [InlineData("Token=' '")]
    public void A_missing_token_names_where_it_is_set(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(text));

        Assert.Contains("DELTASTREAM_API_KEY", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server=https://h/v2 Token=canary")]
    [InlineData("token=canary server=https://h/v2")]
    [InlineData("host=h port=5432 user=u password=canary")]
    [InlineData("server='https://h/v2' token='ca nary; x'")]
    [InlineData("Server=https://h/v2\nToken=canary")]
    [InlineData("Role=r Token=canary;")]
    public void Keywords_with_blanks_between_them_are_told_and_not_shown(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(text));

        Assert.Contains("in place of ';'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Server=https://...;Token=...", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Token=t;Role=a b")]
    [InlineData("Token=t;Role='a b=c'")]
    [InlineData("Token=t;Role=a b=c")]
    [InlineData("Token = t ; Role = r")]
    [InlineData("Token=t==")]
    [InlineData("Token='t'")]
    public void Blanks_in_values_and_around_signs_are_no_such_form(string text) =>
        DeltaStreamDataSource.Create(text).Dispose();

    [Theory]
    [InlineData("to ken-canary")]
    [InlineData("token\r\nX-Evil: canary")]
    [InlineData("tökén-canary")]
    public void A_token_that_can_break_the_header_is_refused_without_showing_it(string token)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Execution.Source(new("http://127.0.0.1:9"), o => o.Token = token)
        );

        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("é")]
    public void What_travels_in_a_header_is_printable(string value)
    {
        Assert.Throws<ArgumentException>(() => Execution.Source(new("http://127.0.0.1:9"), o => o.SessionId = value));
        Assert.Throws<ArgumentException>(() =>
            Execution.Source(new("http://127.0.0.1:9"), o => o.ApplicationName = value)
        );
    }

    [Fact]
    public void Timeouts_have_bounds()
    {
        Assert.Throws<ArgumentException>(() =>
            Execution.Source(new("http://127.0.0.1:9"), o => o.CommandTimeout = TimeSpan.FromSeconds(-2))
        );
        Assert.Throws<ArgumentException>(() =>
            Execution.Source(new("http://127.0.0.1:9"), o => o.ConnectTimeout = TimeSpan.FromDays(25))
        );
        using var source = Execution.Source(
            new("http://127.0.0.1:9"),
            o =>
            {
                o.ConnectTimeout = TimeSpan.Zero;
                o.ResponseHeaderTimeout = Timeout.InfiniteTimeSpan;
                o.CommandTimeout = TimeSpan.Zero;
            }
        );
        Assert.Equal(0, source.CreateConnection().ConnectionTimeout);
    }

    [Fact]
    public async Task RANDOM_is_a_new_session_per_data_source()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        for (var i = 0; i < 2; i++)
        {
            await using var source = Execution.Source(server.Address, o => o.SessionId = "RANDOM");
            await source.CreateCommand("LIST STORES").ExecuteNonQueryAsync();
            await source.CreateCommand("LIST STORES").ExecuteNonQueryAsync();
        }

        var ids = server
            .Requests.Select(r => r.Json.GetProperty("parameters").GetProperty("sessionID").GetGuid())
            .ToList();
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[2], ids[3]);
        Assert.NotEqual(ids[0], ids[2]);
    }
}
