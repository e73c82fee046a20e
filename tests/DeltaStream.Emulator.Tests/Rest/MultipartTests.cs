using System.Text;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Requests with files: parts as clients write them, and files by the literals that name them.</summary>
public class MultipartTests
{
    private const string None = "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = NONE";

    private static readonly byte[] s_certificate = Encoding.UTF8.GetBytes(Pem.Certificate);

    private static string Create(string literal) => $"CREATE STORE x WITH ({None}, 'tls.ca_cert_file' = {literal});";

    /// <summary>A part of the request, with all its headers.</summary>
    private static string Part(string headers, string body) => $"--b\r\n{headers}\r\n\r\n{body}\r\n";

    private static string Request(string statement) =>
        Part("Content-Disposition: form-data; name=\"request\"\r\nContent-Type: application/json", Body(statement));

    private static string Attachment(string disposition) =>
        Part(
            $"Content-Disposition: form-data; name=\"attachments\"; {disposition}\r\nContent-Type: application/octet-stream",
            Pem.Certificate
        );

    private static async Task<string> PostAsync(
        RestEmulator emulator,
        string body,
        string type = "multipart/form-data; boundary=b"
    )
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), content);
        var answer = await AnswerAsync(response, response.StatusCode);
        var said = answer.GetProperty("message").GetString();
        return response.IsSuccessStatusCode
            ? $"{answer.GetProperty("sqlState")} {said}".TrimEnd()
            : $"{(int)response.StatusCode} {said}";
    }

    [Theory]
    [InlineData("'@cacert'", "@cacert", null)]
    [InlineData("'ca.pem'", "ca.pem", null)]
    [InlineData("'@we''ird 东西'", "@we'ird 东西", null)]
    [InlineData("'@cacert'", "cacert", "'tls.ca_cert_file' file not attached")]
    [InlineData("'@cacert'", "@CACERT", "'tls.ca_cert_file' file not attached")]
    [InlineData("'@cacert'", "/etc/@cacert", "'tls.ca_cert_file' file not attached")]
    [InlineData("'@cacert'", "..\\@cacert", "'tls.ca_cert_file' file not attached")]
    [InlineData("'@cacert'", "@cacert ", "'tls.ca_cert_file' file not attached")]
    [InlineData("'cacert'", "@cacert", "'tls.ca_cert_file' is not a PEM file")]
    public async Task A_file_goes_by_the_literal_exactly(string literal, string name, string? message)
    {
        await using var emulator = await StartAsync();
        var answer = await emulator.RunAsync(Create(literal), [(name, s_certificate)]);
        Assert.Equal((message is null ? "00000" : "3D008", message), Outcome(answer));
    }

    [Theory]
    [InlineData("filename=\"@cacert\"", "00000")]
    // An @ is not a part of a token: it is quoted.
    [InlineData("filename=@cacert", "400 a part has no Content-Disposition of form-data")]
    [InlineData("filename=\"@cacert\"; filename*=utf-8''other", "00000")]
    [InlineData("filename*=utf-8''%40cacert", "00000")]
    [InlineData("filename=\"a/@cacert\"", "3D008 'tls.ca_cert_file' file not attached")]
    [InlineData("filename=\"a\\\\@cacert\"", "3D008 'tls.ca_cert_file' file not attached")]
    [InlineData("filename=\"\"", "400 an attachment has no filename")]
    [InlineData("x=y", "400 an attachment has no filename")]
    public async Task A_filename_is_read_as_it_was_sent(string disposition, string expected)
    {
        await using var emulator = await StartAsync();
        Assert.Equal(
            expected,
            await PostAsync(emulator, Request(Create("'@cacert'")) + Attachment(disposition) + "--b--\r\n")
        );
    }

    [Fact]
    public async Task A_file_is_the_same_whichever_way_it_comes()
    {
        var account = new EmulatorAccount
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string> { ["tls.client.key_file"] = Pem.Key },
        };
        await using var emulator = await StartAsync(new() { Accounts = [account] });
        const string Sasl =
            "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = SHA256, "
            + "'kafka.sasl.username' = 'u', 'kafka.sasl.password' = 'p', ";
        var key = Encoding.UTF8.GetBytes(Pem.Key.ReplaceLineEndings("\r\n"));
        await emulator.RunAsync(
            $"CREATE STORE attached WITH ({Sasl}'tls.client.cert_file' = '@c', 'tls.client.key_file' = '@k')",
            [("@c", s_certificate), ("@k", key), ("@unused", [])]
        );
        await emulator.RunAsync(
            $"CREATE STORE inline WITH ({Sasl}'tls.client.cert_file' = '{Pem.Inline(Pem.Certificate)}', 'tls.client.key_file' = '{Pem.Inline(Pem.Key)}')"
        );
        await emulator.RunAsync(
            $"CREATE STORE other WITH ({Sasl}'tls.client.cert_file' = '@c', 'tls.client.key_file' = '@k')",
            [("@c", s_certificate), ("@k", Encoding.UTF8.GetBytes(Pem.OtherKey))]
        );
        var states = await emulator.RunAsync("SELECT name, status FROM deltastream.sys.\"stores\" ORDER BY name");
        Assert.Equal(
            [
                ["attached", "ready"],
                ["inline", "ready"],
                ["other", "errored"],
            ],
            Rows(states)
        );
    }

    [Fact]
    public async Task An_attachment_is_checked_as_an_inline_file_is()
    {
        await using var emulator = await StartAsync();
        async Task<string?> SaidAsync(byte[] content) =>
            Outcome(await emulator.RunAsync(Create("'@cacert'"), [("@cacert", content)])).Message;
        Assert.Equal("'tls.ca_cert_file' is empty", await SaidAsync([]));
        Assert.Equal("'tls.ca_cert_file' is not a PEM file", await SaidAsync([1, 2, 3]));
        Assert.Equal(
            "'tls.ca_cert_file' is not a PEM file",
            await SaidAsync(Encoding.UTF8.GetBytes(Pem.Inline(Pem.Certificate)))
        );
    }

    [Fact]
    public async Task An_update_attaches_a_file_anew()
    {
        await using var emulator = await StartAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        var update = $"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup}, 'tls.ca_cert_file' = '@cacert')";
        Assert.Equal(("3D008", "'tls.ca_cert_file' file not attached"), Outcome(await emulator.RunAsync(update)));
        Assert.Equal(("00000", null), Outcome(await emulator.RunAsync(update, [("@cacert", s_certificate)])));
    }

    [Fact]
    public async Task A_file_without_an_attachment_is_not_attached()
    {
        await using var emulator = await StartAsync();
        Assert.Equal(
            ("3D008", "'tls.ca_cert_file' file not attached"),
            Outcome(await emulator.RunAsync(Create("'@cacert'")))
        );
    }

    public static TheoryData<string, string> Malformed =>
        new()
        {
            { "", "400 the request is not valid multipart/form-data" },
            { "--b--\r\n", "400 the part 'request' is missing" },
            { Request("LIST STORES"), "400 the request is not valid multipart/form-data" },
            { Request("LIST STORES")[..^20], "400 the request is not valid multipart/form-data" },
            { Attachment("filename=a") + "--b--", "400 the part 'request' is missing" },
            { Request("LIST STORES") + Request("LIST STORES") + "--b--", "400 there are several parts 'request'" },
            {
                Request("LIST STORES") + Attachment("filename=a") + Attachment("filename=\"a\"") + "--b--",
                "400 two attachments have the same filename"
            },
            {
                Part("Content-Disposition: form-data; name=\"secret\"", "s") + "--b--",
                "400 a part is neither 'request' nor 'attachments'"
            },
            { Part("Content-Type: text/plain", "s") + "--b--", "400 a part has no Content-Disposition of form-data" },
            {
                Part("Content-Disposition: attachment; name=request", "{}") + "--b--",
                "400 a part has no Content-Disposition of form-data"
            },
            { Part("nonsense", "s") + "--b--", "400 the request is not valid multipart/form-data" },
            {
                Part("X: " + new string('x', 100_000), "s") + "--b--",
                "400 the request is not valid multipart/form-data"
            },
            {
                Part("Content-Disposition: form-data; name=request", "{") + "--b--",
                "400 the request is not valid JSON"
            },
            {
                Part("Content-Disposition: form-data; name=request\r\nContent-Type: text/plain", "{}") + "--b--",
                "400 the part 'request' is not of type application/json"
            },
            { "preamble\r\n" + Attachment("filename=a") + Request("LIST STORES") + "--b--\r\nepilogue", "00000" },
        };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task Parts_are_what_they_should_be(string body, string expected)
    {
        await using var emulator = await StartAsync();
        Assert.Equal(expected, await PostAsync(emulator, body));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData(
        "multipart/form-data; boundary=\"01234567890123456789012345678901234567890123456789012345678901234567890\""
    )]
    public async Task A_boundary_is_needed(string type)
    {
        await using var emulator = await StartAsync();
        Assert.Equal(
            "400 the content type has no boundary of 1 to 70 characters",
            await PostAsync(emulator, Request("LIST STORES") + "--b--", type)
        );
    }

    [Fact]
    public async Task Attachments_are_bounded_in_size_and_number()
    {
        await using var emulator = await StartAsync();
        async Task<string> PostFilesAsync(int count, int size)
        {
            using var parts = new MultipartFormDataContent { { Json(Body("LIST STORES")), "request" } };
            for (var i = 0; i < count; i++)
            {
                parts.Add(new ByteArrayContent(new byte[size]), "attachments", $"@{i}");
            }

            using var response = await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), parts);
            var answer = await AnswerAsync(response, response.StatusCode);
            return $"{(int)response.StatusCode} {answer.GetProperty("message")}".TrimEnd();
        }

        const int MiB = 1024 * 1024;
        Assert.Equal("200", await PostFilesAsync(16, MiB));
        Assert.Equal("413 an attachment is too large: at most 1 MiB is taken", await PostFilesAsync(1, MiB + 1));
        Assert.Equal("413 there are too many attachments: at most 16 are taken", await PostFilesAsync(17, 1));
    }
}
