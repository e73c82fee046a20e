using System.Text.Json;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Pulumi.Stores;
using DeltaStream.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>What the official provider gets wrong is right here.</summary>
public sealed class OfficialFaultTests
{
    [Fact]
    public void Each_fault_has_a_test()
    {
        Assert.Equal(15, OfficialFault.All.Count);
        Assert.All(
            OfficialFault.All,
            fault =>
            {
                Assert.True(fault.Method?.IsDefined(typeof(FactAttribute), inherit: true), fault.Test);
                fault.Fill();
            }
        );
    }

    [Fact]
    public void The_api_key_is_a_secret()
    {
        var schema = JsonElement.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", "pulumi.json"))
        );

        foreach (
            var settings in (JsonElement[])
                [
                    schema.GetProperty("config").GetProperty("variables"),
                    schema.GetProperty("provider").GetProperty("inputProperties"),
                ]
        )
        {
            Assert.True(settings.GetProperty("apiKey").GetProperty("secret").GetBoolean());
        }
    }

    [Fact]
    public async Task An_organization_that_is_no_uuid_is_sent()
    {
        var sent = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var service = builder.Build();
        service.Run(async request =>
        {
            sent.TrySetResult(await new StreamReader(request.Request.Body).ReadToEndAsync());
            request.Response.StatusCode = StatusCodes.Status400BadRequest;
        });
        await service.StartAsync();
        var config = new PropertyMap
        {
            ["server"] = PropertyValue.Of($"{service.Urls.First()}/v2"),
            ["apiKey"] = PropertyValue.Of("any"),
            ["organization"] = PropertyValue.Of("The shop"),
        };

        await using var dataSource = new ProviderConfig(config, _ => null).Open();
        await using var command = dataSource.CreateCommand("LIST STORES;");
        await Assert.ThrowsAnyAsync<Exception>(() => command.ExecuteReaderAsync());

        Assert.Contains("The shop", await sent.Task, StringComparison.Ordinal);
    }
}
