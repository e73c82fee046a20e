namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>How a text names properties and their values.</summary>
/// <param name="Name">From the spec's name of a property, or of an enum's value, to the text's.</param>
/// <param name="Value">From a value of a property, as the spec has it, to the text's.</param>
internal sealed record Naming(Func<string, string> Name, Func<PropertySpec, string, string> Value)
{
    /// <summary>As specs do: saslHashFunction is plain.</summary>
    public static Naming Spec { get; } = new(static name => name, static (_, value) => value);

    /// <summary>As declarations in C# do: SaslHashFunction is Plain.</summary>
    public static Naming CSharp { get; } =
        new(Names.Pascal, static (property, value) => property.Kind == PropertyKind.Enum ? Names.Pascal(value) : value);
}
