using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>The option that says where the state is.</summary>
internal sealed class StateOption : Option<string?>
{
    /// <summary>The variable with the key.</summary>
    public const string KeyVariable = "DELTASTREAM_STATE_KEY";

    private const string FileName = "stores.state.json";

    public StateOption()
        : base("--state")
    {
        HelpName = "FILE";
        Description =
            $"What is known of the stores. [default: {FileName} beside the declarations] Its key is in {KeyVariable}, or in FILE.key.";
    }

    /// <summary>Opens the state and locks it.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="folder">The folder of the declarations.</param>
    /// <param name="environment">Where the key may be.</param>
    /// <param name="isBegun">Whether a state that does not exist is begun; else it is null.</param>
    public StoreStateFile? Open(ParseResult given, string folder, EnvironmentFile environment, bool isBegun)
    {
        var path = given.GetValue(this) ?? Path.Combine(folder, FileName);
        if (!isBegun && !File.Exists(path))
        {
            return null;
        }

        StoreStateKey? key;
        try
        {
            key = environment[KeyVariable] is { } text ? StoreStateKey.FromBase64(text) : null;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{KeyVariable}: {e.Message}", e);
        }

        return StoreStateFile.Open(path, key);
    }
}
