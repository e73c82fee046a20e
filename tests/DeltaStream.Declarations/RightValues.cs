using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Right values of a subtype's properties: the spec's examples; of secrets and files, values that only look right.</summary>
internal class RightValues(StoreSpec spec)
{
    public const string Pem = "-----BEGIN X-----\nAAAA\n-----END X-----\n";

    public StoreSpec Spec { get; } = spec;

    /// <summary>What a file of a kind looks like.</summary>
    public static string FileOf(PropertySpec property) =>
        property.File!.Content switch
        {
            "certificate" or "certificates" => Block("CERTIFICATE"),
            "privateKey" or "pkcs8" => Block("PRIVATE KEY"),
            _ => Pem,
        };

    /// <summary>A PEM block with a label.</summary>
    public static string Block(string label) => Pem.Replace("X-", $"{label}-", StringComparison.Ordinal);

    /// <summary>The name of a store.</summary>
    public virtual string StoreName => $"my-{Spec.Subtype}";

    /// <summary>The value of a property to begin with.</summary>
    /// <exception cref="SpecGapException">The spec has no example of it.</exception>
    public object Of(PropertySpec property) => AllOf(property).First();

    /// <summary>The values of a property to begin with, the likeliest first.</summary>
    /// <exception cref="SpecGapException">The spec has no example of it.</exception>
    public IEnumerable<object> AllOf(PropertySpec property) =>
        property switch
        {
            { Kind: PropertyKind.File } => [File(FileOf(property))],
            { Secret: true } => [Secret(property)],
            { Kind: PropertyKind.Boolean, Default: "false" } => [false, true],
            { Kind: PropertyKind.Boolean } => [true, false],
            { Kind: PropertyKind.Enum } => ExamplesOf(property).Union(property.Values.Select(v => v.Member)),
            { Examples.Count: > 0 } => [ExamplesOf(property).First()],
            { Kind: PropertyKind.Integer } => [property.Minimum ?? property.Maximum ?? 0L],
            _ => [WithoutExample(property)],
        };

    /// <summary>Other values of a property than a given one.</summary>
    public IEnumerable<object> OthersOf(PropertySpec property, object value)
    {
        IEnumerable<object> others = property switch
        {
            { Kind: PropertyKind.File } => [File(FileOf(property))],
            { Secret: true } => [Secret(property)],
            { Kind: PropertyKind.Boolean } => [!(bool)value],
            { Kind: PropertyKind.Enum } => property.Values.Select(v => v.Member),
            { Kind: PropertyKind.Integer } => ExamplesOf(property).Append(AnotherNumber(property, (long)value)),
            { Mutable: true } => property.Examples,
            _ => [Varied(property, (string)value)],
        };
        return others.Where(other => !other.Equals(value));
    }

    /// <summary>A value that an account has, where secrets and files may be replaced.</summary>
    public object OfAccount(PropertySpec property, object value) =>
        property switch
        {
            { Kind: PropertyKind.File } => File((string)value),
            { Secret: true } => Secret(property),
            _ => value,
        };

    /// <summary>A secret.</summary>
    protected virtual string Secret(PropertySpec property) => Filled(property);

    /// <summary>The content of a file.</summary>
    protected virtual string File(string content) => content;

    /// <summary>A value of a text without an example.</summary>
    protected virtual string WithoutExample(PropertySpec property) =>
        throw new SpecGapException(
            $"""{StoreSpecFile.NameOf(Spec.Subtype)}: '{property.Name}' has no examples: add "examples" with a value that is right{(property.Mutable ? ", and a second one that an update changes it to" : string.Empty)}."""
        );

    /// <summary>The shortest text that is long enough.</summary>
    protected static string Filled(PropertySpec property) => new('x', (int)Math.Max(1, property.MinLength));

    private static IEnumerable<object> ExamplesOf(PropertySpec property) =>
        property.Examples.Select(e => DeclaredValue.OfSpec(property, e));

    private static object AnotherNumber(PropertySpec property, long value) =>
        value < (property.Maximum ?? long.MaxValue) ? value + 1 : value - 1;

    // What an update can't change needs no second example: tests only show that it is refused.
    private static string Varied(PropertySpec property, string value) =>
        property.Kind == PropertyKind.Uris
            ? value.Insert(value.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0, "x")
        : value.Length < (property.MaxLength ?? long.MaxValue) ? value + "x"
        : value[..^1] + (value[^1] == 'x' ? 'y' : 'x');
}
