using System.Text.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>One way to authenticate, as the fixture beside a spec has it.</summary>
/// <param name="Parameters">Values by their SQL keys; those of secrets and files are nobody's, but no page shows them either.</param>
internal sealed record Account(IReadOnlyDictionary<string, string> Parameters)
{
    private const string Ending = ".accounts.json";

    /// <summary>Reads the fixture of a spec.</summary>
    /// <param name="folder">The folder of the specs.</param>
    /// <param name="spec">The spec.</param>
    /// <exception cref="WrongDocsException">There is none, or it can't be read.</exception>
    public static IReadOnlyList<Account> ReadAll(string folder, StoreSpec spec)
    {
        var name = FileOf(spec);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new WrongDocsException(
                $"There is no {name} beside {spec.Subtype}.store.json: add one account for each way to authenticate, as in the other *{Ending}."
            );
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            Account[] accounts = [.. json.RootElement.EnumerateArray().Select(Read)];
            return accounts.Length > 0
                ? accounts
                : throw new WrongDocsException($"{name} is empty: add one account for each way to authenticate.");
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new WrongDocsException(
                $$"""{{name}} is not an array of { "type", "parameters": { key: text } }: {{e.Message}}"""
            );
        }
    }

    /// <summary>The name of a spec's fixture.</summary>
    public static string FileOf(StoreSpec spec) => spec.Subtype + Ending;

    private static Account Read(JsonElement account) =>
        new(
            account
                .GetProperty("parameters")
                .EnumerateObject()
                .ToDictionary(p => p.Name, p => TextOf(p.Value), StringComparer.Ordinal)
        );

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
