using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>Values for properties: from the spec's examples, or made up where it has none because they are secret.</summary>
/// <remarks>Every secret and every file holds a canary, and what could break quoting around it.</remarks>
public sealed class Samples(SpecDocument spec, CanaryWatch watch)
{
    private const string Awkward = "a'b\"c\\d";

    private const string Pem = "-----BEGIN CERTIFICATE-----\nbm90IGEgc2VjcmV0\n-----END CERTIFICATE-----\n";

    /// <summary>The values to begin with, the likeliest first.</summary>
    public IEnumerable<object> First(SpecProperty property) =>
        property switch
        {
            { Kind: "file" } => [File(Pem)],
            { Secret: true } => [Secret(property)],
            { Kind: "boolean", Default: bool usual } => [usual, !usual],
            { Kind: "boolean" } => [true, false],
            { Kind: "enum" } => property.Examples.Union(property.Values.Keys),
            { Kind: "integer", Examples.Count: 0 } => [property.Minimum ?? property.Maximum ?? 0],
            { Examples: [var first, ..] } => [first],
            _ => throw new SpecGapException(
                $"""{spec.SpecFile}: '{property.Name}' has no examples: add "examples" with a value that is right{(property.Mutable ? ", and a second one that an update changes it to" : string.Empty)}."""
            ),
        };

    /// <summary>What an account of the fixture says, with canaries in it.</summary>
    public object OfAccount(SpecProperty property, object value) =>
        property switch
        {
            { Kind: "file" } => File((string)value),
            { Secret: true } => Secret(property),
            _ => value,
        };

    /// <summary>Other values than a given one.</summary>
    public IEnumerable<object> Others(SpecProperty property, object value)
    {
        var others = property switch
        {
            { Kind: "file" } => [File(Pem)],
            { Secret: true } => [Secret(property)],
            { Kind: "boolean" } => [!(bool)value],
            { Kind: "enum" } => property.Values.Keys,
            { Kind: "integer" } => property.Examples.Append(
                (long)value < (property.Maximum ?? long.MaxValue) ? (long)value + 1 : (long)value - 1
            ),
            { Mutable: true } => property.Examples,
            _ => [Varied(property, (string)value)],
        };
        return others.Where(other => !other.Equals(value));
    }

    // What can't be updated needs no second example: it is only shown to be refused.
    private static string Varied(SpecProperty property, string value) =>
        property.Kind == "uris"
            ? value.Insert(value.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0, "x")
        : value.Length < property.MaxLength ? value + "x"
        : value[..^1] + (value[^1] == 'x' ? 'y' : 'x');

    private string File(string content) => $"{content.TrimEnd('\n')}\n# {watch.Canary(Awkward)}\n";

    private string Secret(SpecProperty property)
    {
        var secret = watch.Canary(Awkward);
        if (secret.Length > property.MaxLength)
        {
            secret = watch.CanaryOf(property.MaxLength);
        }

        return secret.PadRight(property.MinLength, 'x');
    }
}
