using System.CommandLine;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Begins a folder of declarations.</summary>
internal sealed class InitVerb : Verb
{
    private static readonly (string Name, string Asset)[] s_files =
    [
        ("orders.json", "orders.json"),
        (DeclarationFiles.Schema, DeclarationFiles.Schema),
        (".gitignore", "gitignore"),
        (".env.example", "env.example"),
    ];

    private readonly Argument<string> _path = new("PATH")
    {
        Description = "The folder.",
        DefaultValueFactory = _ => ".",
    };

    public InitVerb()
        : base("init", "Begins a folder: an example, the schema for the editor, and what git ignores.") =>
        AddArgument(_path);

    protected override async Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var folder = given.GetRequiredValue(_path);
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var (name, asset) in s_files)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                screen.Say($"{path} exists and is kept");
                continue;
            }

            // Half a file would be kept the next time.
            await File.WriteAllTextAsync(path, Assets.Read(asset), CancellationToken.None).ConfigureAwait(false);
            written.Add(path);
        }

        return new Result { Files = written };
    }
}
