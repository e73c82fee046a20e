using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

public sealed class TransportTests
{
    private static readonly Uri s_nowhere = new("http://127.0.0.1:9");

    // Whatever the HTTP stack says: what matters is whether the statement began to leave.
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false, false, "name resolution")]
    [InlineData(HttpRequestError.ConnectionError, false, false, "no connection")]
    [InlineData(HttpRequestError.SecureConnectionError, false, false, "no secure connection")]
    [InlineData(HttpRequestError.ProxyTunnelError, false, false, "proxy")]
    [InlineData(HttpRequestError.Unknown, false, false, "was lost")]
    [InlineData(HttpRequestError.NameResolutionError, true, true, "may have executed")]
    [InlineData(HttpRequestError.ConnectionError, true, true, "may have executed")]
    [InlineData(HttpRequestError.SecureConnectionError, true, true, "may have executed")]
    [InlineData(HttpRequestError.ProxyTunnelError, true, true, "may have executed")]
    [InlineData(HttpRequestError.Unknown, true, true, "may have executed")]
    [InlineData(HttpRequestError.ResponseEnded, true, true, "may have executed")]
    [InlineData(HttpRequestError.InvalidResponse, true, true, "may have executed")]
    [InlineData(HttpRequestError.HttpProtocolError, true, true, "may have executed")]
    public async Task What_fails_before_the_statement_left_can_not_have_executed_it(
        HttpRequestError error,
        bool sent,
        bool mayHaveExecuted,
        string text
    )
    {
        foreach (var async in new[] { true, false })
        {
            var handler = new Failing(new HttpRequestException(error, "x"), sent);
            using var http = new HttpClient(handler);
            var clock = new SteppedClock();
            await using var source = Execution.Source(
                s_nowhere,
                o =>
                {
                    o.HttpClient = http;
                    o.TimeProvider = clock;
                }
            );
            await using var command = source.CreateCommand("CREATE STORE s WITH ()");

            var execution = command.NonQueryAsync(async);
            for (var i = 0; i < 3 && !mayHaveExecuted; i++)
            {
                await clock.PassRetryAsync();
            }

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

            Assert.Equal(mayHaveExecuted, failure.MayHaveExecuted);
            Assert.True(failure.IsTransient);
            Assert.Contains(text, failure.Message, StringComparison.Ordinal);
            Assert.Equal(mayHaveExecuted ? 1 : 4, handler.Requests);
        }
    }

    [Fact]
    public async Task A_handler_without_synchronous_sending_is_named_and_says_so_itself()
    {
        using var http = new HttpClient(new AsyncOnly());
        await using var source = Execution.Source(s_nowhere, o => o.HttpClient = http);
        await using var command = source.CreateCommand("DROP STORE s");

        var failure = Assert.Throws<DeltaStreamException>(() => command.ExecuteNonQuery());

        Assert.False(failure.MayHaveExecuted);
        Assert.Contains("NotSupportedException", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(AsyncOnly), failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task A_certificate_that_is_not_trusted_is_told_at_once(bool async)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=127.0.0.1",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = new RawServer(
            async (connection, _) =>
            {
                await using var tls = new SslStream(connection.Stream);
                await tls.AuthenticateAsServerAsync(certificate);
                await connection.HangAsync();
            }
        );
        await using var source = Execution.Source(new UriBuilder(server.Address) { Scheme = "https" }.Uri);
        await using var command = source.CreateCommand("LIST STORES");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains("certificate is not trusted", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8088/v2", true)]
    [InlineData("http://localhost:8088/v2", true)]
    [InlineData("http://[::1]/v2", true)]
    [InlineData("https://localhost/v2", true)]
    [InlineData("http://emulator:8088/v2", true)]
    [InlineData("https://emulator/v2", false)]
    [InlineData("https://api.deltastream.io/v2", false)]
    public void A_proxy_is_not_asked_for_this_machine_and_plain_http(string address, bool bypassed)
    {
        var proxy = new Wire.ProxyBypass(new WebProxy("http://proxy.example:3128"));

        Assert.Equal(bypassed, proxy.IsBypassed(new(address)));
        Assert.Equal(bypassed, proxy.GetProxy(new(address)) is null);
    }

    [Fact]
    public async Task Rows_are_not_to_be_had_from_a_data_source_that_is_gone()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Partition(2, """[["0"]]"""));
        var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(true);

        await source.DisposeAsync();

        Assert.Equal("""[["0"]]""", await result.TextAsync(0, true));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => result.TextAsync(1, true));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_ID_that_leads_elsewhere_is_refused(string id)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, $$"""{"sqlState":"03000","statementID":"{{id}}"}""");
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_ID_of_any_other_text_is_escaped()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, """{"sqlState":"03000","statementID":"../v1?x=1#/ü"}""").Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");

        var execution = command.NonQueryAsync(true);
        await clock.PassSecondsAsync(1);
        await execution;

        Assert.Equal("/v2/statements/..%2Fv1%3Fx%3D1%23%2F%C3%BC?timezone=UTC", server.Requests[1].Target);
    }

    private sealed class Failing(Exception failure, bool afterSending) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Requests++;
            if (afterSending)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            }

            throw failure;
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (afterSending)
            {
                request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            }

            throw failure;
        }
    }

    private sealed class AsyncOnly : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => throw new AuthenticationException();
    }
}
