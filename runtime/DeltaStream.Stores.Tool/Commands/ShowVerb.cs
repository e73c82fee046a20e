using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Uris;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Shows one store, as the service describes it.</summary>
internal sealed class ShowVerb : ServiceVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "The exact name of the store." };

    public ShowVerb()
        : base("show", "Shows a store, and what the service tells of it.") => AddArgument(_name);

    protected override async Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        CancellationToken stopping
    )
    {
        var name = given.GetRequiredValue(_name);
        return await client.DescribeAsync(name, cancellationToken: stopping).ConfigureAwait(false) is { } described
            ? new Result
            {
                Stores = [described.Store],
                Values = described.Values.ToDictionary(v => v.Key, v => Shown(described, v.Key, v.Value)),
                Text = Lines(described),
            }
            : throw NamedVerb.Missing(name);
    }

    // The first line says what the table says.
    private static string? Lines(StoreDescription described)
    {
        var lines = described.ToString().Split('\n').Skip(1);
        lines = described.Store.StatusMessage is { } status ? lines.Prepend($"    status: {status}") : lines;
        return lines.Any() ? string.Join('\n', lines) : null;
    }

    // Somebody else's declaration may have a password in its address.
    private static object Shown(StoreDescription described, string name, object value) =>
        described.Subtype!.Properties.First(p => p.Name == name).Kind == StorePropertyKind.Uris
        && UriCredentials.Fault((string)value) is not null
            ? Secret.Redacted
            : value;
}
