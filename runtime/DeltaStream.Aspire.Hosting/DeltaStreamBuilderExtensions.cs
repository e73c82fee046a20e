using Aspire.Hosting.ApplicationModel;
using DeltaStream.Aspire.Hosting;
using DeltaStream.Emulator.CommandLine;

namespace Aspire.Hosting;

/// <summary>Adds DeltaStream to an app host.</summary>
public static class DeltaStreamBuilderExtensions
{
    /// <summary>Adds an emulator: a local DeltaStream, which runs as a process of its own beside the app host.</summary>
    /// <remarks>
    /// <para>
    /// A project with <c>WithReference</c> gets the connection string of the REST API as <c>ConnectionStrings__{name}</c>. The
    /// PostgreSQL protocol's is <see cref="DeltaStreamEmulatorResource.PostgresConnectionStringExpression"/>. The resource is healthy
    /// when the emulator responds, so <c>WaitFor</c> waits for it.
    /// </para>
    /// <para>
    /// <c>WithArgs</c> gives other options of the emulator, such as <c>WithArgs("--provision-delay", "0s")</c>. Files are relative to
    /// the folder of the app host. An emulator is for development: it is not in the manifest that the app host publishes.
    /// </para>
    /// </remarks>
    /// <param name="builder">The app host's builder.</param>
    /// <param name="name">The resource's name, and that of its connection string.</param>
    /// <param name="token">The secret of both protocols, in visible ASCII characters. Null makes one up, as the parameter <c>{name}-token</c>.</param>
    /// <param name="httpPort">The port of the REST API. Null takes a free one.</param>
    /// <param name="postgresPort">The port of the PostgreSQL protocol. Null takes a free one.</param>
    /// <returns>The resource's builder.</returns>
    /// <exception cref="InvalidOperationException">The app host is a single file, which has no folder with the emulator.</exception>
    public static IResourceBuilder<DeltaStreamEmulatorResource> AddDeltaStreamEmulator(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? token = null,
        int? httpPort = null,
        int? postgresPort = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        // Letters and digits: it stands in a header and in connection strings.
        var secret =
            token?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
                builder,
                $"{name}-token",
                special: false
            );
        var program = EmulatorProgram.Find();
        var emulator = new DeltaStreamEmulatorResource(name, program, builder.AppHostDirectory, secret);
        return builder
            .AddResource(emulator)
            .WithHttpEndpoint(httpPort, name: DeltaStreamEmulatorResource.HttpEndpointName)
            .WithEndpoint(postgresPort, scheme: "tcp", name: DeltaStreamEmulatorResource.PostgresEndpointName)
            .WithArgs(arguments =>
            {
                foreach (var argument in program.Arguments)
                {
                    arguments.Args.Add(argument);
                }

                Listen("--http", emulator.HttpEndpoint);
                Listen("--postgres", emulator.PostgresEndpoint);

                void Listen(string option, EndpointReference endpoint)
                {
                    arguments.Args.Add(option);
                    arguments.Args.Add(
                        ReferenceExpression.Create($"127.0.0.1:{endpoint.Property(EndpointProperty.TargetPort)}")
                    );
                }
            })
            .WithEnvironment(EmulatorCommand.TokenVariable, secret)
            .WithEnvironment(EmulatorCommand.PasswordVariable, secret)
            .WithHttpHealthCheck("/healthz", endpointName: DeltaStreamEmulatorResource.HttpEndpointName)
            .ExcludeFromManifest();
    }

    /// <summary>Keeps the stores in a file, so that they are still there when the app host starts again.</summary>
    /// <param name="builder">The emulator.</param>
    /// <param name="path">The SQLite file, relative to the folder of the app host. It need not exist, its folder must.</param>
    /// <returns>The emulator.</returns>
    public static IResourceBuilder<DeltaStreamEmulatorResource> WithDataFile(
        this IResourceBuilder<DeltaStreamEmulatorResource> builder,
        string path
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.WithArgs("--data-file", path);
    }

    /// <summary>Lets the emulator know further subtypes, those of your own specs.</summary>
    /// <param name="builder">The emulator.</param>
    /// <param name="files">Files such as <c>../Shop/acme.store.json</c>, relative to the folder of the app host.</param>
    /// <returns>The emulator.</returns>
    public static IResourceBuilder<DeltaStreamEmulatorResource> WithSpecs(
        this IResourceBuilder<DeltaStreamEmulatorResource> builder,
        params string[] files
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(files);
        return builder.WithArgs([.. files.SelectMany(file => new[] { "--spec", file })]);
    }
}
