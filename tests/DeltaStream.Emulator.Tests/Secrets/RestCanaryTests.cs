using System.Text;
using DeltaStream.Emulator.Tests.Rest;
using DeltaStream.TestSupport;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Secrets;

/// <summary>
/// Secrets that go in over REST never come out: not in logs at Trace, not in exceptions or activities, not in answers
/// (FR-007).
/// </summary>
public class RestCanaryTests
{
    private const string Sasl =
        "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = SHA256, 'kafka.sasl.username' = 'u', ";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_secret_comes_out(bool asynchronous)
    {
        using var watch = new CanaryWatch();
        var token = watch.Canary();
        var options = new DeltaStreamEmulatorOptions
        {
            Token = token,
            AsyncStatements = asynchronous,
            AsyncPolls = 0,
            LoggerFactory = watch.Logs,
        };
        watch.Look("options", options.ToString());
        await using (var emulator = await StartAsync(options))
        {
            watch.Look("emulator", emulator.Emulator.ToString());
            var canary = watch.Canary();
            foreach (var statement in CanaryTests.Statements(canary))
            {
                await CheckAsync(watch, emulator, await emulator.PostAsync(statement, ("role", "sysadmin")));
            }

            await SendFilesAsync(watch, emulator);
            await SendBadBodiesAsync(watch, emulator);
            await SendBadHeadersAsync(watch, emulator);
            await InjectAsync(watch, emulator);
        }

        Assert.InRange(watch.Seen, 300, int.MaxValue);
        Assert.Empty(watch.Leaks);
    }

    [Fact]
    public void A_fault_shows_no_statement()
    {
        var fault = new EmulatorFault
        {
            Kind = EmulatorFaultKind.TruncatedBody,
            Statement = "CREATE STORE x WITH (canary",
        };
        Assert.Equal("EmulatorFault { Kind = TruncatedBody, Times = 1, Rate = 1 }", fault.ToString());
    }

    /// <summary>Looks at an answer, its headers, and at what a poll says to it.</summary>
    private static async Task CheckAsync(CanaryWatch watch, RestEmulator emulator, HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            watch.Look("answer", text);
            watch.Look("headers", response.ToString());
            if (!text.Contains("\"statementID\":\"", StringComparison.Ordinal))
            {
                return;
            }

            var id = text.Split("\"statementID\":\"")[1][..36];
            watch.Look("poll", await emulator.Client.GetStringAsync(new Uri($"statements/{id}", UriKind.Relative)));
        }
    }

    private static async Task SendFilesAsync(CanaryWatch watch, RestEmulator emulator)
    {
        var key = Encoding.UTF8.GetBytes(CanaryTests.KeyOf(watch.Canary()));
        var statement =
            $"CREATE STORE f WITH ({Sasl}'kafka.sasl.password' = '{watch.Canary()}', 'tls.client.cert_file' = '@cert', 'tls.client.key_file' = '@key')";
        foreach (var name in new[] { "@key", watch.Canary("@") })
        {
            using var parts = new MultipartFormDataContent
            {
                { Json(Body(statement)), "request" },
                { new ByteArrayContent(Encoding.UTF8.GetBytes(Pem.Certificate)), "attachments", "@cert" },
                { new ByteArrayContent(key), "attachments", name },
            };
            await CheckAsync(
                watch,
                emulator,
                await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), parts)
            );
        }

        Assert.Single(Rows(await ListAsync(emulator)), r => r[0] == "f");
    }

    private static async Task<System.Text.Json.JsonElement> ListAsync(RestEmulator emulator)
    {
        using var response = await emulator.PostAsync("LIST STORES");
        if (response.StatusCode == System.Net.HttpStatusCode.OK)
        {
            return await AnswerAsync(response);
        }

        var id = (await AnswerAsync(response, response.StatusCode)).GetProperty("statementID").GetString();
        using var poll = await emulator.GetAsync($"statements/{id}");
        return await AnswerAsync(poll);
    }

    private static async Task SendBadBodiesAsync(CanaryWatch watch, RestEmulator emulator)
    {
        foreach (
            var body in new[]
            {
                watch.Canary("{\"statement\":\"", ""),
                watch.Canary("{\"statement\":[\"", "\"]}"),
                watch.Canary("{\"", "\":1}"),
                watch.Canary("{\"statement\":\"", "\\ud800\"}"),
                watch.Canary("{\"statement\":\"LIST STORES\",\"parameters\":{\"sessionID\":[\"", "\"]}}"),
                watch.Canary("{\"statement\":\"LIST STORES\"} \"", "\""),
            }
        )
        {
            await CheckAsync(
                watch,
                emulator,
                await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), Json(body))
            );
            using var parts = new StringContent($"--b\r\n{body}\r\n\r\n{body}\r\n--b\r\n{body}");
            parts.Headers.Remove("Content-Type");
            parts.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            await CheckAsync(
                watch,
                emulator,
                await emulator.Client.PostAsync(new Uri("statements", UriKind.Relative), parts)
            );
        }
    }

    /// <summary>Headers that the server can't read hold tokens all the same.</summary>
    private static async Task SendBadHeadersAsync(CanaryWatch watch, RestEmulator emulator)
    {
        foreach (
            var request in new[]
            {
                $"GET /v2/version HTTP/1.1\r\nConnection: close\r\nHost: x\r\nAuthorization : Bearer {watch.Canary()}\r\n\r\n",
                $"GET /v2/version HTTP/1.1\r\nConnection: close\r\nHost: x\r\nAuthorization: Bearer {watch.Canary()}\u0001\r\n\r\n",
                $"GET /v2/version HTTP/1.1\r\nConnection: close\r\nHost: x\r\nAuthorization {watch.Canary()}\r\n\r\n",
                $"GET /v2/version?token={watch.Canary()} HTTP/1.1 x\r\n\r\n",
                $"GET /v2/version HTTP/1.1\r\nConnection: close\r\nHost: {watch.Canary()}!\r\n\r\n",
                $"GET /v2/{watch.Canary()} HTTP/1.1\r\nConnection: close\r\nHost: x\r\nAuthorization: Bearer {emulator.Emulator.Token}\r\n\r\n",
            }
        )
        {
            using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
            await raw.SendAsync(request);
            await raw.EndAsync();
            watch.Look("raw answer", raw.Received);
        }

        using var wrong = new HttpRequestMessage(HttpMethod.Get, emulator.Emulator.ServerUri + "/version");
        wrong.Headers.Authorization = new("Bearer", watch.Canary());
        await CheckAsync(watch, emulator, await emulator.Client.SendAsync(wrong));
    }

    private static async Task InjectAsync(CanaryWatch watch, RestEmulator emulator)
    {
        foreach (var kind in Enum.GetValues<EmulatorFaultKind>())
        {
            emulator.Emulator.Faults.Add(
                new()
                {
                    Kind = kind,
                    Statement = "CREATE STORE",
                    Delay = TimeSpan.FromTicks(1),
                }
            );
            var statement = $"CREATE STORE {kind} WITH ({Sasl}'kafka.sasl.password' = '{watch.Canary()}')";
            try
            {
                await CheckAsync(watch, emulator, await emulator.PostAsync(statement));
            }
            catch (HttpRequestException e)
            {
                watch.Look("client's exception", e.ToString());
            }
        }
    }
}
