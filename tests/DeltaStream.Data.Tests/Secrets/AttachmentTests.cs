using System.Net;
using System.Text;
using System.Text.Json;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>The provider by itself is told no secrets. It hides the files of a command in each message, in every usual encoding.</summary>
public sealed class AttachmentTests
{
    private const string Line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj+/AgEA";

    private const string Key =
        $"-----BEGIN PRIVATE KEY-----\n{Line}\nAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n";

    public static TheoryData<string> Encodings => [.. s_encodings.Keys];

    private static readonly Dictionary<string, Func<string, string>> s_encodings = new()
    {
        ["as it is"] = text => text,
        ["upper case"] = text => text.ToUpperInvariant(),
        ["SQL"] = text => text.Replace("'", "''", StringComparison.Ordinal),
        ["percent"] = Uri.EscapeDataString,
        ["percent in lower case"] = text => Uri.EscapeDataString(text).ToLowerInvariant(),
        ["form"] = text => WebUtility.UrlEncode(text),
        ["JSON"] = text => JsonSerializer.Serialize(text)[1..^1],
        ["JSON of JSON"] = text => JsonSerializer.Serialize(JsonSerializer.Serialize(text)),
        ["HTML"] = text => string.Concat(text.Select(c => $"&#{(int)c};")),
        ["base64"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ["base64 one byte later"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes("-" + text)),
        ["base64 two bytes later"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes("--" + text)),
        ["hex"] = text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        ["one line"] = text => text.ReplaceLineEndings(""),
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task A_private_key_shows_neither_as_a_whole_nor_by_a_line(string encoding)
    {
        var encode = s_encodings[encoding];
        string[] echoes = [encode(Key), encode(Line), encode(Line)[3..^3], $"'{encode(Line[..20])}"];
        foreach (var echo in echoes)
        {
            var message = await MessageAsync(Encoding.UTF8.GetBytes(Key), $"the file is {echo}");

            Assert.Contains("***", message, StringComparison.Ordinal);
            Assert.DoesNotContain(echo[6..18], message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ssl.key.password=hunter22\n")]
    [InlineData("# of orders\r\nssl.truststore.password = hunter22\r\nssl.protocol=TLS\r\n")]
    [InlineData("user: u\ntoken: hunter22\n")]
    [InlineData("{\"user\": \"u\", \"client_secret\": \"hunter22\", \"port\": 1}")]
    [InlineData("sasl.jaas.config=org.example.PlainLogin required username=\"u\" password=\"hunter22\";\n")]
    [InlineData("[default]\naws_access_key_id=AKIA1\naws_secret_access_key = 'hunter22'\n")]
    [InlineData("endpoint=sb://h/;SharedAccessKey=hunter22;EntityPath=p")]
    public async Task A_short_value_of_a_file_shows_not_when_its_name_is_that_of_a_secret(string file) =>
        Assert.Equal(
            "login with *** over TLS refused",
            await MessageAsync(Encoding.UTF8.GetBytes(file), "login with hunter22 over TLS refused")
        );

    [Fact]
    public async Task A_file_that_is_no_text_shows_neither_in_base64_nor_in_hex()
    {
        byte[] store = [0xFE, 0xED, 0xFE, 0xED, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))];
        foreach (var shift in new[] { 0, 1, 2 })
        {
            var base64 = Convert.ToBase64String([.. new byte[shift], .. store]);
            var message = await MessageAsync(store, $"keystore {base64}");
            Assert.DoesNotContain(base64[4..20], message, StringComparison.Ordinal);
            Assert.DoesNotContain(base64[^24..^8], message, StringComparison.Ordinal);
        }

        Assert.Equal("keystore ***", await MessageAsync(store, $"keystore {Convert.ToHexString(store)}"));
    }

    [Fact]
    public async Task The_name_of_a_file_stays_in_the_message() =>
        Assert.Equal(
            "no such property: @f of the private key",
            await MessageAsync(Encoding.UTF8.GetBytes(Key), "no such property: @f of the private key")
        );

    [Fact]
    public async Task An_HTTP_error_hides_it_too()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(400, Responses.Error($"bad {Line}"));
        await using var source = Execution.Source(server.Address);
        await using var command = Command(source, Encoding.UTF8.GetBytes(Key));

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Contains("bad ***", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> MessageAsync(byte[] file, string said)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("42601", said));
        await using var source = Execution.Source(server.Address);
        await using var command = Command(source, file);
        return (await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true))).Message;
    }

    private static DeltaStreamCommand Command(DeltaStreamDataSource source, byte[] file)
    {
        var command = source.CreateCommand("CREATE STORE s WITH ('kafka.file' = '@f')");
        command.Attachments.Add("@f", file);
        return command;
    }
}
