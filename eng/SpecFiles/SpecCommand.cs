using System.CommandLine;

namespace DeltaStream.SpecFiles;

/// <summary>A command over a folder of specs. Wrong arguments are answered with the right ones, and end it with 2.</summary>
internal sealed class SpecCommand(string description) : RootCommand(description)
{
    private const int WronglyCalled = 2;

    /// <summary>Adds an option that names a folder. When it is given twice, the last counts: a script gives its own first.</summary>
    public Option<string> Folder(string name, string description, bool isRequired)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = "folder",
            Required = isRequired,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = given => given.Tokens[^1].Value,
        };
        option.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value.Length == 0))
            {
                given.AddError($"{name} is empty: name a folder.");
            }
        });
        Options.Add(option);
        return option;
    }

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // A value that starts with @ is a value, not the name of a file with arguments.
        var given = Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var isRight = given.Errors.Count == 0;
        var exit = given.Invoke(
            new()
            {
                Output = isRight ? output : error,
                Error = error,
                EnableDefaultExceptionHandler = false,
            }
        );
        return isRight ? exit : WronglyCalled;
    }
}
