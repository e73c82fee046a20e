using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>A verb that needs the service and no declarations. The environment file of the current folder counts.</summary>
internal abstract class ServiceVerb : Verb
{
    private readonly ServiceOptions _service;

    protected ServiceVerb(string name, string description)
        : base(name, description) => _service = new ServiceOptions(this);

    /// <summary>Does what the verb says, with the service.</summary>
    protected abstract Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        CancellationToken stopping
    );

    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping) =>
        _service.WithServiceAsync(
            given,
            new EnvironmentFile(Environment.CurrentDirectory),
            client => RunAsync(given, screen, client, stopping)
        );
}
