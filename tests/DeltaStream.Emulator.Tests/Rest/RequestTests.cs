using System.Net;
using System.Text;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>What is posted: which bodies are requests, and what is said about others.</summary>
public class RequestTests
{
    private const string Canary = "cAnArY";

    private static async Task<string> PostAsync(RestEmulator emulator, HttpContent content)
    {
        using (content)
        {
            using var response = await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), content);
            var answer = await AnswerAsync(response, response.StatusCode);
            Assert.DoesNotContain(Canary, answer.ToString(), StringComparison.OrdinalIgnoreCase);
            return $"{(int)response.StatusCode} {answer.GetProperty("message").GetString()}".TrimEnd();
        }
    }

    [Theory]
    [InlineData("", "400 the request is not valid JSON")]
    [InlineData("{", "400 the request is not valid JSON")]
    [InlineData(Canary, "400 the request is not valid JSON")]
    [InlineData("{\"statement\": tru" + Canary + "}", "400 the request is not valid JSON")]
    [InlineData("{\"statement\":\"LIST STORES\"} " + Canary, "400 the request is not valid JSON")]
    [InlineData("{\"statement\":\"\\ud800" + Canary + "\"}", "400 the request is not valid JSON")]
    [InlineData("{\"statement\":\"a\n" + Canary + "\"}", "400 the request is not valid JSON")]
    [InlineData("[]", "400 the request is not a JSON object")]
    [InlineData("\"LIST STORES\"", "400 the request is not a JSON object")]
    [InlineData("{\"" + Canary + "\":1}", "400 'statement' is missing")]
    [InlineData("{\"statement\":null}", "400 'statement' is missing")]
    [InlineData("{\"statement\":[\"" + Canary + "\"]}", "400 'statement' is not a string")]
    [InlineData("{\"statement\":\"LIST STORES\",\"role\":1}", "400 'role' is not a string")]
    [InlineData("{\"statement\":\"LIST STORES\",\"parameters\":[]}", "400 'parameters' is not a JSON object")]
    [InlineData("{\"statement\":\"LIST STORES\",\"parameters\":{\"sessionID\":1}}", "400 'sessionID' is not a string")]
    [InlineData("{\"statement\":\"LIST STORES\",\"parameters\":{\"timezone\":\"UTC\",\"x\":1}}", "200")]
    [InlineData("{\"statement\":\"LIST STORES\",\"role\":null,\"organization\":\"o\",\"more\":{}}", "200")]
    [InlineData(" {\"statement\":\"\\u004cIST STORES\"}\r\n", "200")]
    public async Task JSON_is_read_strictly_and_never_repeated(string body, string expected)
    {
        await using var emulator = await StartAsync();
        Assert.Equal(expected, await PostAsync(emulator, Json(body)));
    }

    [Theory]
    [InlineData("organization")]
    [InlineData("role")]
    [InlineData("database")]
    [InlineData("schema")]
    [InlineData("store")]
    [InlineData("computePool")]
    public async Task A_name_of_the_context_is_bounded(string member)
    {
        await using var emulator = await StartAsync(new() { Roles = ["sysadmin", new string('x', 255)] });
        string Request(int length) => Body("LIST STORES", (member, new string('x', length)));
        Assert.Equal("200", await PostAsync(emulator, Json(Request(255))));
        Assert.Equal(
            $"400 '{member}' is too long: at most 255 characters are taken",
            await PostAsync(emulator, Json(Request(256)))
        );
    }

    [Fact]
    public async Task Deep_JSON_is_refused()
    {
        await using var emulator = await StartAsync();
        Assert.Equal("400 the request is not valid JSON", await PostAsync(emulator, Json(new string('[', 100_000))));
    }

    [Fact]
    public async Task Invalid_UTF8_is_refused()
    {
        await using var emulator = await StartAsync();
        var content = new ByteArrayContent([.. "{\"statement\":\""u8, 0xff, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        Assert.Equal("400 the request is not valid JSON", await PostAsync(emulator, content));
    }

    [Theory]
    [InlineData(null, "there is no content type; it is application/json or multipart/form-data")]
    [InlineData("text/plain", "the content type is not supported; it is application/json or multipart/form-data")]
    [InlineData(
        "application/json; charset=latin1",
        "the content type is not supported; it is application/json or multipart/form-data"
    )]
    [InlineData(
        "application/x-www-form-urlencoded",
        "the content type is not supported; it is application/json or multipart/form-data"
    )]
    public async Task Another_content_type_is_refused(string? type, string message)
    {
        await using var emulator = await StartAsync();
        var content = new StringContent("{\"statement\":\"LIST STORES\"}");
        content.Headers.Remove("Content-Type");
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        Assert.Equal("415 " + message, await PostAsync(emulator, content));
    }

    [Fact]
    public async Task An_encoded_body_is_refused()
    {
        await using var emulator = await StartAsync();
        var content = Json("{\"statement\":\"LIST STORES\"}");
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal("415 the body is encoded; send it as it is", await PostAsync(emulator, content));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_is_at_most_a_mebibyte_however_it_is_escaped(bool escaped)
    {
        await using var emulator = await StartAsync();
        string Statement(int length) => "LIST STORES --" + new string('x', length - 14);
        string Request(int length) =>
            escaped
                ? "{\"statement\":\"" + string.Concat(Statement(length).Select(c => $"\\u{(int)c:x4}")) + "\"}"
                : Body(Statement(length));
        Assert.Equal("200", await PostAsync(emulator, Json(Request(1024 * 1024))));
        Assert.Equal(
            "413 the statement is too large: at most 1 MiB is taken; send files as attachments",
            await PostAsync(emulator, Json(Request(1024 * 1024 + 1)))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_is_bounded_whether_its_length_is_said_or_not(bool chunked)
    {
        await using var emulator = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("statements", UriKind.Relative));
        request.Content = Json(Body("LIST STORES") + new string(' ', 8 * 1024 * 1024));
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await emulator.Client.SendAsync(request);
        var answer = await AnswerAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("the request is too large: at most 8 MiB are taken", answer.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("", "42601", "the statement is empty")]
    [InlineData(" ;; -- nothing\n", "42601", "the statement is empty")]
    [InlineData("CREATE", "42601", "parse error: line 1:6 no viable alternative at input '<EOF>'")]
    [InlineData("DROP STORE nope; LIST STORES", "3D006", "store nope does not exist")]
    [InlineData("SELECT name FROM deltastream.sys.\"stores\" WHERE name = $1", "42601", null)]
    [InlineData("SELECT oid, typname FROM pg_type", "0A000", "the emulator has no PostgreSQL catalog")]
    [InlineData("BEGIN", "0A000", "BEGIN is not supported over REST, which has neither sessions nor transactions")]
    [InlineData("SET x = 1", "0A000", "SET is not supported over REST, which has neither sessions nor transactions")]
    [InlineData("USE DATABASE x", "0A000", "USE is not supported by the emulator, which knows stores only")]
    [InlineData("CREATE STREAM x", "0A000", null)]
    public async Task A_statement_that_fails_is_a_200(string statement, string sqlState, string? message)
    {
        await using var emulator = await StartAsync();
        var (state, said) = Outcome(await emulator.RunAsync(statement));
        Assert.Equal(sqlState, state);
        Assert.Equal(message ?? said, said);
    }
}
