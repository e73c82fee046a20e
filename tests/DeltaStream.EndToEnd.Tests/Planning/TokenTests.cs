using System.Net;
using System.Net.Http.Headers;
using DeltaStream.Data;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>The API token expires in the middle of an apply.</summary>
public sealed class TokenTests : EndToEndTest
{
    [Fact]
    public async Task With_a_callback_the_apply_goes_on()
    {
        string[] tokens = [Watch.Canary(), Watch.Canary()];
        var calls = 0;
        using var gateway = new Gateway(Emulator.Token!, tokens);
        var options = RestOptions(Emulator.ServerUri, token: null);
        options.HttpClient = new HttpClient(gateway, disposeHandler: false);
        options.TokenProviderAsync = _ => new(new DeltaStreamToken(tokens[Interlocked.Increment(ref calls) - 1]));
        await using var dataSource = DeltaStreamDataSource.Create(options);
        var client = ClientOf(dataSource);

        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync(Three())));

        Assert.True(result.IsDone, result.ToString());
        Assert.All(result.Stores, s => Assert.True(s.Store!.IsReady));
        Assert.Equal(2, calls);
        Assert.True(gateway.Refusals > 0);
    }

    [Fact]
    public async Task Without_a_callback_it_fails_with_what_to_do()
    {
        string[] tokens = [Watch.Canary(), Watch.Canary()];
        using var gateway = new Gateway(Emulator.Token!, tokens);
        var options = RestOptions(Emulator.ServerUri, tokens[0]);
        options.HttpClient = new HttpClient(gateway, disposeHandler: false);
        await using var dataSource = DeltaStreamDataSource.Create(options);
        var client = ClientOf(dataSource);

        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync(Three())));

        Assert.False(result.IsDone);
        var failed = result.Stores.Where(s => s.Exception is not null).ToList();
        Assert.NotEmpty(failed);
        Assert.All(
            failed,
            s => Assert.Contains("'TokenProviderAsync'", s.Exception!.ToString(), StringComparison.Ordinal)
        );
        Watch.Look("result", result.ToString());
    }

    private StoreArgs[] Three() =>
        [
            .. new[] { "kafka", "postgres", "snowflake" }.Select(
                (subtype, i) => Subtypes[subtype].Good with { Name = FormattableString.Invariant($"store {i}") }
            ),
        ];

    /// <summary>Stands before the emulator with tokens of its own: the first one expires when the first store is created.</summary>
    private sealed class Gateway(string emulatorToken, string[] tokens) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _creates;
        private int _refusals;

        public int Refusals => _refusals;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var valid = tokens[Volatile.Read(ref _creates) > 0 ? 1 : 0];
            if (request.Headers.Authorization?.Parameter != valid)
            {
                Interlocked.Increment(ref _refusals);
                return new(HttpStatusCode.Unauthorized)
                {
                    Content = new StringContent($$"""{"message":"invalid token {{request.Headers.Authorization}}"}"""),
                };
            }

            var isCreate =
                request.Content is { } content
                && (await content.ReadAsStringAsync(cancellationToken)).Contains(
                    "CREATE STORE",
                    StringComparison.Ordinal
                );
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", emulatorToken);
            var response = await base.SendAsync(request, cancellationToken);
            if (isCreate)
            {
                Interlocked.Increment(ref _creates);
            }

            return response;
        }
    }
}
