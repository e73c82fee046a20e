using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using DeltaStream.Data;
using Npgsql;

namespace DeltaStream.Aspire.Hosting.Tests;

/// <summary>What the app host knows of the emulator before it runs.</summary>
public sealed class ModelTests
{
    private readonly IDistributedApplicationBuilder _builder = AppHost.Create();

    [Fact]
    public void It_has_an_endpoint_for_each_protocol_on_free_ports()
    {
        var emulator = _builder.AddDeltaStreamEmulator("deltastream");

        Assert.Equal(
            [("http", "http", null), ("tcp", "tcp", null)],
            emulator.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.UriScheme, e.Port))
        );
    }

    [Fact]
    public void Ports_can_be_given()
    {
        var emulator = _builder.AddDeltaStreamEmulator("deltastream", httpPort: 8088, postgresPort: 5433);

        Assert.Equal([8088, 5433], emulator.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.Port));
    }

    [Fact]
    public async Task It_starts_the_program_that_is_in_the_app_hosts_folder()
    {
        var emulator = Allocated(_builder.AddDeltaStreamEmulator("deltastream"));

        var (arguments, _) = await ConfigurationAsync(emulator.Resource);

        Assert.Equal("dotnet", emulator.Resource.Command);
        Assert.Equal(_builder.AppHostDirectory, emulator.Resource.WorkingDirectory);
        Assert.Equal(
            [
                "exec",
                "--depsfile",
                InFolder("DeltaStream.Aspire.Hosting.Tests.deps.json"),
                "--runtimeconfig",
                InFolder("DeltaStream.Aspire.Hosting.Tests.runtimeconfig.json"),
                InFolder("DeltaStream.Emulator.dll"),
                "--http",
                "127.0.0.1:18088",
                "--postgres",
                "127.0.0.1:15433",
            ],
            arguments
        );
        Assert.All(arguments.Where(Path.IsPathRooted), file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public async Task Its_options_come_after()
    {
        var emulator = Allocated(
            _builder
                .AddDeltaStreamEmulator("deltastream")
                .WithDataFile("stores.db")
                .WithSpecs("a.store.json", "b.store.json")
                .WithArgs("--provision-delay", "0s")
        );

        var (arguments, _) = await ConfigurationAsync(emulator.Resource);

        Assert.Equal(
            "--data-file stores.db --spec a.store.json --spec b.store.json --provision-delay 0s",
            string.Join(' ', arguments.SkipWhile(a => a != "--data-file"))
        );
    }

    [Fact]
    public async Task A_secret_is_made_up_and_is_in_no_argument()
    {
        var emulator = Allocated(_builder.AddDeltaStreamEmulator("deltastream"));

        var (arguments, variables) = await ConfigurationAsync(emulator.Resource);

        var token = await emulator.Resource.Token.GetValueAsync(CancellationToken.None);
        Assert.Equal("deltastream-token", emulator.Resource.Token.Name);
        Assert.True(emulator.Resource.Token.Secret);
        Assert.Matches("^[A-Za-z0-9]{20,}$", token);
        Assert.Equal(token, variables["DELTASTREAM_EMULATOR_TOKEN"]);
        Assert.Equal(token, variables["DELTASTREAM_EMULATOR_PASSWORD"]);
        Assert.DoesNotContain(arguments, a => a.Contains(token!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("t0ken")]
    [InlineData("""a;b="c'd=e""")]
    public async Task Clients_get_a_connection_string_of_each_protocol(string token)
    {
        var secret = _builder.AddParameter("secret", token, secret: true);
        var emulator = Allocated(_builder.AddDeltaStreamEmulator("deltastream", secret));
        var client = _builder
            .AddExecutable("client", "dotnet", ".")
            .WithReference(emulator)
            .WithEnvironment("ConnectionStrings__postgres", emulator.Resource.PostgresConnectionStringExpression);

        var (_, variables) = await ConfigurationAsync(client.Resource);

        var rest = new DeltaStreamConnectionStringBuilder(variables["ConnectionStrings__deltastream"]);
        Assert.Equal(
            ("http://localhost:8088/v2", "localhost", token),
            (rest.Server, rest.AllowInsecureHosts, rest.Token)
        );
        var postgres = new NpgsqlConnectionStringBuilder(variables["ConnectionStrings__postgres"]);
        Assert.Equal(
            ("localhost", 5433, "deltastream", token, "deltastream"),
            (postgres.Host, postgres.Port, postgres.Username, postgres.Password, postgres.Database)
        );
    }

    [Fact]
    public async Task It_is_not_in_the_manifest()
    {
        var folder = Directory.CreateTempSubdirectory("deltastream-aspire-");
        try
        {
            var builder = AppHost.Create(
                folder.FullName,
                "--operation",
                "publish",
                "--publisher",
                "manifest",
                "--output-path",
                Path.Combine(folder.FullName, "manifest.json")
            );
            builder.AddDeltaStreamEmulator("deltastream");
            builder.AddExecutable("client", "dotnet", ".");
            await using var app = builder.Build();

            await app.RunAsync();

            using var manifest = JsonDocument.Parse(
                await File.ReadAllTextAsync(Path.Combine(folder.FullName, "manifest.json"))
            );
            Assert.Equal(
                ["client"],
                manifest.RootElement.GetProperty("resources").EnumerateObject().Select(r => r.Name)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // As the orchestrator does when it starts: the first port is what clients see, the second is the program's.
    private static IResourceBuilder<DeltaStreamEmulatorResource> Allocated(
        IResourceBuilder<DeltaStreamEmulatorResource> emulator
    )
    {
        foreach (var (name, port) in new[] { ("http", 8088), ("tcp", 5433) })
        {
            emulator.WithEndpoint(
                name,
                endpoint => endpoint.AllocatedEndpoint = new(endpoint, "localhost", port, $"1{port}")
            );
        }

        return emulator;
    }

    private async Task<(string[] Arguments, IReadOnlyDictionary<string, string> Variables)> ConfigurationAsync(
        IResource resource
    )
    {
        await using var app = _builder.Build();
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(_builder.ExecutionContext);
        Assert.Null(configuration.Exception);
        return ([.. configuration.Arguments.Select(a => a.Value)], configuration.EnvironmentVariables.ToDictionary());
    }

    private static string InFolder(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
