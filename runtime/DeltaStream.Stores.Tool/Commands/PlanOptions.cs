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

    public StorePlanOptions Of(ParseResult given) =>
        new() { Delete = given.GetValue(_prune), Adopt = given.GetValue(_adopt) };
}
