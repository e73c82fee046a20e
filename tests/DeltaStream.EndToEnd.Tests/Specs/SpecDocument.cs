using System.Text.Json;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>A spec and the accounts beside it, read by the tests' own eyes: what a declaration is made from.</summary>
public sealed class SpecDocument
{
    private readonly string _folder;

    private SpecDocument(JsonElement json, string subtype, string folder)
    {
        _folder = folder;
        Subtype = subtype;
        Type = json.GetProperty("type").GetString()!;
        Properties =
        [
            .. json.GetProperty("properties").EnumerateObject().Select(p => new SpecProperty(p.Name, p.Value)),
        ];
        Choices = json.TryGetProperty("rules", out var rules)
            ?
            [
                .. rules
                    .EnumerateArray()
                    .Where(r => r.TryGetProperty("exactlyOneOf", out _))
                    .Select(r =>
                        r.GetProperty("exactlyOneOf")
                            .EnumerateArray()
                            .Select(set => set.EnumerateArray().Select(n => n.GetString()!).ToArray())
                            .ToArray()
                    ),
            ]
            : [];
        Accounts = ReadAccounts();
        Record = typeof(StoreArgs).Assembly.GetTypes().Single(IsRecord);
    }

    public string Subtype { get; }

    /// <summary>The bareword of CREATE STORE.</summary>
    public string Type { get; }

    public IReadOnlyList<SpecProperty> Properties { get; }

    /// <summary>The rules of which exactly one set must be there, whole.</summary>
    public IReadOnlyList<string[][]> Choices { get; }

    /// <summary>What each account says, by the properties' names: one for each way to authenticate.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object>> Accounts { get; }

    /// <summary>The record that is generated from the spec.</summary>
    public Type Record { get; }

    public string SpecFile => $"specs/{Subtype}.store.json";

    public string AccountsFile => $"specs/{Subtype}.accounts.json";

    /// <summary>The folder of the specs beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "specs");

    /// <exception cref="SpecGapException">The spec or its accounts lack what the tests need.</exception>
    public static SpecDocument Read(string subtype, string? folder = null)
    {
        folder ??= Folder;
        var path = Path.Combine(folder, $"{subtype}.store.json");
        if (!File.Exists(path))
        {
            throw new SpecGapException($"specs/{subtype}.store.json is not there, though its record is generated.");
        }

        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return new SpecDocument(json.RootElement.Clone(), subtype, folder);
    }

    public SpecProperty this[string name] => Properties.Single(p => p.Name == name);

    private List<Dictionary<string, object>> ReadAccounts()
    {
        const string Form =
            """an array with one { "type": ..., "parameters": { "<sql key>": "<value>" } } for each way to authenticate""";
        var path = Path.Combine(_folder, $"{Subtype}.accounts.json");
        if (!File.Exists(path))
        {
            throw new SpecGapException($"{AccountsFile} is not there: add it, {Form}.");
        }

        List<Dictionary<string, object>> accounts;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            accounts =
            [
                .. json
                    .RootElement.EnumerateArray()
                    .Select(a =>
                        OfType(a)
                            .GetProperty("parameters")
                            .EnumerateObject()
                            .ToDictionary(p => PropertyOf(p.Name), OfSql)
                    ),
            ];
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new SpecGapException($"{AccountsFile} is not understood: make it {Form}. {e.Message}");
        }

        return accounts.Count > 0 ? accounts : throw new SpecGapException($"{AccountsFile} is empty: make it {Form}.");

        JsonElement OfType(JsonElement account) =>
            string.Equals(account.GetProperty("type").GetString(), Type, StringComparison.OrdinalIgnoreCase)
                ? account
                : throw new SpecGapException($"{AccountsFile}: an account is of another type than {Type}.");
        string PropertyOf(string key) =>
            Properties.SingleOrDefault(p => p.Key == key)?.Name
            ?? throw new SpecGapException($"{AccountsFile}: no property of {SpecFile} has the key '{key}'.");
        object OfSql(JsonProperty parameter) => this[PropertyOf(parameter.Name)].OfSql(parameter.Value.GetString()!);
    }

    private bool IsRecord(Type type) =>
        type.IsSubclassOf(typeof(StoreArgs)) && ((StoreArgs)Activator.CreateInstance(type)!).Subtype.Name == Subtype;
}

/// <summary>A spec, or the accounts beside it, lacks what the gate needs; the message says what to add where.</summary>
public sealed class SpecGapException(string message) : Exception(message);
