using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>A verb that compares declarations with the service and with what is known.</summary>
internal abstract class DeclaredVerb : Verb
{
    private readonly ServiceOptions _service;
    private readonly Argument<string> _path;
    private readonly StateOption _state = new();

    protected DeclaredVerb(string name, string description, string path)
        : base(name, description)
    {
        _path = new Argument<string>("PATH") { Description = path, DefaultValueFactory = _ => "." };
        AddArgument(_path);
        _service = new ServiceOptions(this);
        Options.Add(_state);
    }

    protected string PathOf(ParseResult given) => given.GetRequiredValue(_path);

    /// <summary>Reads declarations and state, and does something with them, unless the declarations are not valid.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="path">The declarations.</param>
    /// <param name="keepsState">Whether a state that does not exist is begun.</param>
    /// <param name="work">What is done.</param>
    protected async Task<Result> WithDeclarationsAsync(
        ParseResult given,
        string path,
        bool keepsState,
        Func<ReachedService, DeclarationFiles, StoreStateFile?, Task<Result>> work
    )
    {
        var folder = DeclarationFiles.FolderOf(path);
        var environment = new EnvironmentFile(folder);
        var files = DeclarationFiles.Read([path], _ => name => environment[name]);
        if (!files.IsValid)
        {
            return ValidateVerb.ResultOf(files);
        }

        using var state = _state.Open(given, folder, environment, keepsState);
        var result = await _service
            .WithServiceAsync(given, environment, service => work(service, files, state))
            .ConfigureAwait(false);
        return result with { Faults = files.Faults.Count > 0 ? files.Faults : null };
    }

    /// <summary>Plans. What is declared first for the values of imported stores counts as what they have.</summary>
    protected static Task<StorePlan> PlanAsync(
        StoreClient client,
        DeclarationFiles files,
        StoreStateFile? state,
        StorePlanOptions options,
        CancellationToken stopping
    ) =>
        client.PlanAsync(
            files.Stores,
            state is null ? null : ImportedStores.Complete(state.State, files.Stores),
            options,
            stopping
        );
}
