using System.CommandLine;
using System.Runtime.InteropServices;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>A verb of the command: it makes a result, which is printed in one place.</summary>
internal abstract class Verb : Command
{
    private readonly Option<string> _output = new("--output")
    {
        HelpName = "text|json",
        Description = "How the result is printed.",
        DefaultValueFactory = _ => "text",
    };
    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Shows where in the program something failed.",
    };

    protected Verb(string name, string description)
        : base(name, description)
    {
        _output.AcceptOnlyFromAmong("text", "json");
        Options.Add(_output);
        Options.Add(_verbose);
        SetAction((given, _) => InvokeAsync(given));
    }

    /// <summary>Does what the verb says.</summary>
    protected abstract Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping);

    /// <summary>Adds an argument. A misspelt option is none.</summary>
    protected void AddArgument(Argument argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"'{Name}' has no option '{token.Value}': '{Name} --help' lists them.");
            }
        });
        Arguments.Add(argument);
    }

    /// <summary>Adds an option.</summary>
    protected Option<T> Option<T>(string name, string description, string? value = null)
    {
        var option = new Option<T>(name) { Description = description, HelpName = value };
        Options.Add(option);
        return option;
    }

    private async Task<int> InvokeAsync(ParseResult given)
    {
        var screen = new Screen(given.GetValue(_output) == "json");
        using var stop = new CancellationTokenSource();
        var signals = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Result result;
        try
        {
            result = await RunAsync(given, screen, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var text = given.GetValue(_verbose) ? e.ToString() : Failure.MessageOf(e, stop.IsCancellationRequested);
            result = new Result { ExitCode = Failure.CodeOf(e), Error = text };
        }

        screen.Print(result with { Verb = Name });
        return (int)result.ExitCode;

        // The first signal stops; the second one does what it does to any program.
        void Stop(PosixSignalContext signal)
        {
            if (Interlocked.Increment(ref signals) == 1)
            {
                signal.Cancel = true;
                screen.Say("Stopping. Once more leaves at once.");
                stop.Cancel();
            }
        }
    }
}
