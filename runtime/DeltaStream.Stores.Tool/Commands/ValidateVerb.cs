using System.CommandLine;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Checks declarations without a connection.</summary>
internal sealed class ValidateVerb : Verb
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files and folders of declarations.",
        DefaultValueFactory = _ => ["."],
    };

    public ValidateVerb()
        : base("validate", "Checks declarations, without a connection: every fault at its line and column.") =>
        AddArgument(_paths);

    /// <summary>What a reading found.</summary>
    public static Result ResultOf(DeclarationFiles files) =>
        new()
        {
            ExitCode = files.IsValid ? ExitCode.Done : ExitCode.InvalidDeclarations,
            Error = files.IsValid
                ? null
                : $"{Count(files.Faults.Count(f => !f.IsWarning), "fault")}: nothing was sent.",
            Faults = files.Faults.Count > 0 ? files.Faults : null,
            Declared = files.Declared,
        };

    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var paths = given.GetRequiredValue(_paths);
        var files = DeclarationFiles.Read(
            paths,
            folder =>
            {
                var environment = new EnvironmentFile(folder);
                return name => environment[name];
            }
        );
        var result = ResultOf(files);
        return Task.FromResult(
            result with
            {
                Text = files.IsValid ? $"{Count(files.Stores.Count, "declaration")}, all valid" : null,
            }
        );
    }

    private static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
