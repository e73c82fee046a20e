using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>A verb that needs the service and no declarations. The environment file of the folder counts.</summary>
internal abstract class ServiceVerb : Verb
{
    private readonly ServiceOptions _service;
    private readonly Option<string> _path;

    protected ServiceVerb(string name, string description)
        : base(name, description)
    {
        _path = Option<string>("--path", "The folder of the declarations, with its state and its file .env.", "FOLDER");
        _path.DefaultValueFactory = _ => ".";
        _service = new ServiceOptions(this);
    }

    /// <summary>The folder of the declarations.</summary>
    protected string FolderOf(ParseResult given) => given.GetRequiredValue(_path);

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
            new EnvironmentFile(FolderOf(given)),
            service => RunAsync(given, screen, service.Client, stopping)
        );
}
