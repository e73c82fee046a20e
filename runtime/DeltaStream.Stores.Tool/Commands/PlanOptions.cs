using System.CommandLine;
using DeltaStream.Sdk;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>What a plan may do beside creating, updating and replacing what is declared.</summary>
internal sealed class PlanOptions
{
    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Deletes stores that are known and no longer declared.",
    };
    private readonly Option<bool> _adopt = new("--adopt")
    {
        Description = "Takes over stores that exist and are not known, when type and owner are the declared ones.",
    };

    public PlanOptions(Command verb)
    {
        verb.Options.Add(_prune);
        verb.Options.Add(_adopt);
    }

    /// <summary>Whether one is given.</summary>
    public bool AreGiven(ParseResult given) => given.GetValue(_prune) || given.GetValue(_adopt);

    /// <summary>What is given.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="path">The declarations. What is in the other files of a folder is declared, too.</param>
    public StorePlanOptions Of(ParseResult given, string path) =>
        given.GetValue(_prune) && File.Exists(path)
            ? throw new InvalidDataException(
                $"--prune deletes what no file of a folder declares, and '{path}' is one file: give the folder."
            )
            : new() { Delete = given.GetValue(_prune), Adopt = given.GetValue(_adopt) };
}
