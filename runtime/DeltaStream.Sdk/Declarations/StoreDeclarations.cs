using System.Text;
using System.Text.Json;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Sdk;

/// <summary>Declarations that are data: what was read of JSON, and what is wrong with it.</summary>
/// <remarks>
/// The form is that of the JSON Schema <c>store.json</c>: one store, a list of stores, or a map of stores by their name. An
/// enum's value is its token, such as <c>AWS_MSK_IAM</c>, or its name in C#. A secret and a file may be
/// <c>{ "env": "NAME" }</c>, <c>{ "file": "path" }</c> or <c>{ "base64": "..." }</c>.
/// </remarks>
public sealed class StoreDeclarations
{
    internal StoreDeclarations(IReadOnlyList<StoreArgs> stores, IReadOnlyList<StoreDeclarationFault> faults) =>
        (Stores, Faults) = (stores, faults);

    /// <summary>The declarations that are valid, in their order.</summary>
    public IReadOnlyList<StoreArgs> Stores { get; }

    /// <summary>All that is wrong, and warnings, in the order of their places.</summary>
    public IReadOnlyList<StoreDeclarationFault> Faults { get; }

    /// <summary>Where each store that could be read is named, valid or not, by its name.</summary>
    internal IReadOnlyDictionary<string, StorePlace> Places { get; init; } = new Dictionary<string, StorePlace>();

    /// <summary>Whether nothing is wrong. Warnings don't count.</summary>
    public bool IsValid => Faults.All(f => f.IsWarning);

    /// <summary>Reads JSON. It finds all faults, and throws none.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="options">Where files and variables are, and own subtypes; null for the defaults.</param>
    /// <returns>What was read.</returns>
    public static StoreDeclarations Read(string json, StoreDeclarationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ReadUtf8(Encoding.UTF8.GetBytes(json), options);
    }

    /// <summary>Reads JSON in UTF-8, with or without a byte-order mark. It finds all faults, and throws none.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="options">Where files and variables are, and own subtypes; null for the defaults.</param>
    /// <returns>What was read.</returns>
    public static StoreDeclarations ReadUtf8(ReadOnlySpan<byte> json, StoreDeclarationOptions? options = null)
    {
        var reader = new DeclarationReader(options ?? new StoreDeclarationOptions());
        return JsonNodes.Read(json, out var fault) is { } node
            ? reader.Read(node)
            : new StoreDeclarations([], [fault!]);
    }

    /// <summary>Writes declarations as a list in JSON, in the form that <see cref="Read"/> takes.</summary>
    /// <remarks>Secrets are left out, secret files too. Other files are written in base64.</remarks>
    /// <param name="stores">The declarations.</param>
    /// <returns>The JSON, indented.</returns>
    public static string Write(IEnumerable<StoreArgs> stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return DeclarationWriter.Write(stores);
    }

    /// <summary>Throws when something is wrong.</summary>
    /// <exception cref="StoreDeclarationException">Something is wrong; the message lists all of it.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new StoreDeclarationException(Faults);
        }
    }
}
