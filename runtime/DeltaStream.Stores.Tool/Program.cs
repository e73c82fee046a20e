using System.CommandLine;
using System.CommandLine.Invocation;
using DeltaStream.Stores.Tool.Commands;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool;

/// <summary>The command <c>deltastream-stores</c>. <see cref="ExitCode"/> says how it ends.</summary>
internal static class Program
{
    // Verbs report their failures and handle signals themselves.
    private static readonly InvocationConfiguration s_invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    internal static async Task<int> Main(string[] arguments)
    {
        var command = new RootCommand("Plans and applies DeltaStream stores that are declared in JSON and YAML.")
        {
            new InitVerb(),
            new ValidateVerb(),
            new PlanVerb(),
            new ApplyVerb(),
            new ImportVerb(),
            new DriftVerb(),
            new ListVerb(),
            new ShowVerb(),
            new WaitVerb(),
            new DeleteVerb(),
            new SchemaVerb(),
        };
        // A value that starts with @ is a value, not the name of a file with arguments.
        var parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not ParseErrorAction wrong)
        {
            return await parsed.InvokeAsync(s_invocation).ConfigureAwait(false);
        }

        wrong.ShowHelp = false;
        await parsed.InvokeAsync(new() { Output = Console.Error }).ConfigureAwait(false);
        return (int)ExitCode.Failed;
    }
}
