using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>A spec as the compiler hands it to the generator.</summary>
internal sealed class SpecFile(string path, SourceText? text) : AdditionalText
{
    public SpecFile(string path, string text)
        : this(path, SourceText.From(text, Encoding.UTF8)) { }

    public override string Path { get; } = path;

    /// <summary>Whether the project lists the file as one that was released.</summary>
    public bool IsShipped { get; init; }

    public override SourceText? GetText(CancellationToken cancellationToken = default) => text;

    /// <summary>A spec that was released.</summary>
    public static SpecFile Shipped(string subtype, string text) =>
        new($"specs/shipped/{subtype}.store.json", text) { IsShipped = true };

    /// <summary>A spec named after its subtype, in a folder of specs.</summary>
    public static SpecFile Of(string subtype, string text) => new($"specs/{subtype}.store.json", text);
}
