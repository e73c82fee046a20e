using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Writes declarations of stores that exist, and takes them into the state.</summary>
internal sealed class ImportVerb : Verb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The exact names of the stores.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> _all;
    private readonly Option<string> _path;
    private readonly ServiceOptions _service;
    private readonly StateOption _state = new();

    public ImportVerb()
        : base(
            "import",
            "Writes declarations of stores that exist, and takes them into the state. It changes no store."
        )
    {
        AddArgument(_names);
        _all = Option<bool>("--all", "Every store that the role can see and that is not declared yet.");
        _path = Option<string>("--path", "The folder to write to.", "FOLDER");
        _path.DefaultValueFactory = _ => ".";
        _service = new ServiceOptions(this);
        Options.Add(_state);
    }

    protected override async Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var (names, folder) = (given.GetValue(_names) ?? [], given.GetRequiredValue(_path));
        if (names.Length == 0 == !given.GetValue(_all))
        {
            throw new InvalidDataException("Name the stores to import, or write --all.");
        }

        Directory.CreateDirectory(folder);
        // A folder that is about to begin has no environment file of its own.
        var environment = new EnvironmentFile(
            File.Exists(Path.Combine(folder, EnvironmentFile.Name)) ? folder : Environment.CurrentDirectory
        );
        using var state = _state.Open(given, folder, environment, isBegun: true)!;
        return await _service
            .WithServiceAsync(
                given,
                environment,
                service => ImportAsync(service.Client, names, folder, state, stopping)
            )
            .ConfigureAwait(false);
    }

    private static async Task<Result> ImportAsync(
        StoreClient client,
        string[] names,
        string folder,
        StoreStateFile state,
        CancellationToken stopping
    )
    {
        // What is wrong with the declarations that are there is no matter of this verb.
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var there = DeclarationFiles.Read([folder], _ => Use);
        var declared = there.Names;
        if (names.Length == 0)
        {
            var all = new List<string>();
            await foreach (var store in client.ListAsync(cancellationToken: stopping).ConfigureAwait(false))
            {
                if (!declared.Contains(store.Name) && !state.State.Stores.ContainsKey(store.Name))
                {
                    all.Add(store.Name);
                }
            }

            names = [.. all];
        }

        var (known, files, outcomes) = (state.State, new List<string>(), new List<StoreOutcome>());
        var code = ExitCode.Done;
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            try
            {
                outcomes.Add(await OneAsync(name).ConfigureAwait(false));
            }
            catch (Exception e)
                when (outcomes.Count > 0
                    && e is StoreException or OperationCanceledException or IOException or UnauthorizedAccessException
                )
            {
                // What was imported before is there, and is told.
                var isStopped = stopping.IsCancellationRequested;
                var why = isStopped
                    ? "Stopped. Import it, and what is not listed, again."
                    : Failure.MessageOf(e, false);
                outcomes.Add(new StoreOutcome(name, isStopped ? "stopped" : "failed", Error: why));
                code = Failure.CodeOf(e);
                break;
            }
        }

        var failed = outcomes.Where(o => o.Error is not null).Select(o => $"{o.Name}: {o.Error}").ToArray();
        return new Result
        {
            ExitCode = failed.Length > 0 && code == ExitCode.Done ? ExitCode.Failed : code,
            Error = failed.Length == 0 ? null : string.Join('\n', failed),
            Faults = there.Faults.Where(f => f is { IsWarning: true, Code: "file" }).ToArray() is { Length: > 0 } unread
                ? unread
                : null,
            Outcomes = outcomes,
            Files = files,
            Text =
                files.Count == 0
                    ? "nothing imported"
                    : "Set the variables that the files point to and fill each null; 'deltastream-stores validate' says what is left. Then apply once.",
        };

        string? Use(string variable)
        {
            used.Add(variable);
            return null;
        }

        async Task<StoreOutcome> OneAsync(string name)
        {
            var described = await client.DescribeAsync(name, cancellationToken: stopping).ConfigureAwait(false);
            var path = DeclarationFiles.PathFor(folder, name);
            var fault =
                described is null ? NamedVerb.Missing(name).Message
                : described.Subtype is null
                    ? $"Its type {described.Store.Type} can't be declared: manage it where it was created."
                : declared.Contains(name)
                    ? "It is declared here already: remove the declaration first, or adopt it with 'deltastream-stores apply --adopt'."
                : File.Exists(path) ? $"'{path}' exists: rename that file."
                : null;
            if (fault is null)
            {
                // The state first: a declaration of a store that it does not know would be a conflict.
                known = known.With(name, ImportedStores.Snapshot(described!));
                await state.SaveAsync(known, CancellationToken.None).ConfigureAwait(false);
                var hasSchema = File.Exists(Path.Combine(folder, DeclarationFiles.Schema));
                await File.WriteAllTextAsync(
                        path,
                        ImportedStores.Declaration(described!, hasSchema, used),
                        CancellationToken.None
                    )
                    .ConfigureAwait(false);
                files.Add(path);
            }

            return new StoreOutcome(name, fault is null ? "imported" : "failed", described?.Store.State, fault);
        }
    }
}
