using DeltaStream.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>A token that changes is used from the next request on.</summary>
public sealed class TokenTests : HostingTest
{
    [Theory]
    [InlineData("Token")]
    [InlineData("ConnectionString")]
    public async Task A_token_of_the_configuration_is_asked_for_by_each_request(string kind)
    {
        var server = Emulator.ServerUri.ToString();
        var key = kind == "Token" ? $"DeltaStream:{Org}:Token" : $"ConnectionStrings:{Org}";
        string Value(string token) => kind == "Token" ? token : $"Server={server};Token={token}";
        var builder = NewHost(($"DeltaStream:{Org}:Server", server), (key, Value(Emulator.Token!)));
        builder.Services.AddDeltaStream(Org);
        var client = Build(builder).Services.GetRequiredService<StoreClient>();

        Assert.Null(await client.GetAsync("orders"));
        builder.Configuration[key] = Value(Watch.Canary());
        var wrong = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        Assert.Contains($"Check the token of {key}", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("callback", wrong.Message, StringComparison.Ordinal);
        builder.Configuration[key] = Value(Emulator.Token!);
        Assert.Null(await client.GetAsync("orders"));

        builder.Configuration[key] = kind == "Token" ? "" : $"Server={server}";
        var gone = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        Assert.Contains($"DeltaStream:{Org}:Token has no value", gone.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_a_file_is_read_by_each_request()
    {
        var file = Path.Combine(Folder, "token");
        await File.WriteAllTextAsync(file, $"{Emulator.Token}\n");
        var builder = NewHost(
            ($"DeltaStream:{Org}:Server", Emulator.ServerUri.ToString()),
            ($"DeltaStream:{Org}:TokenFile", "token")
        );
        builder.Services.AddDeltaStream(Org);
        var client = Build(builder).Services.GetRequiredService<StoreClient>();

        Assert.Null(await client.GetAsync("orders"));
        await File.WriteAllTextAsync(file, Watch.Canary());
        var wrong = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        Assert.Contains($"Check the token of DeltaStream:{Org}:TokenFile", wrong.Message, StringComparison.Ordinal);
        File.Delete(file);
        var gone = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        Assert.Contains(
            $"The token of DeltaStream:{Org}:TokenFile can't be read (FileNotFoundException)",
            gone.Message,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(file, " ");
        var empty = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        Assert.Contains(
            "TokenFile is an empty token. Write the API token there",
            empty.Message,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(file, Emulator.Token);
        Assert.Null(await client.GetAsync("orders"));
    }

    [Fact]
    public async Task A_callback_goes_before_the_configuration()
    {
        var asked = 0;
        var builder = NewHost(
            ($"DeltaStream:{Org}:Server", Emulator.ServerUri.ToString()),
            ($"DeltaStream:{Org}:Token", Watch.Canary())
        );
        builder.Services.AddDeltaStream(
            Org,
            options =>
                options.Rest.TokenProviderAsync = _ =>
                {
                    asked++;
                    return new(new DeltaStreamToken(Emulator.Token!));
                }
        );
        var host = Build(builder);
        await host.StartAsync(CancellationToken.None);

        Assert.Null(await host.Services.GetRequiredService<StoreClient>().GetAsync("orders"));
        Assert.Equal(1, asked);
    }
}
