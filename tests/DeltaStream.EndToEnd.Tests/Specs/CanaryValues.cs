using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>Values for properties: every secret and every file holds a canary, and what could break quoting around it.</summary>
internal sealed class CanaryValues(StoreSpec spec, CanaryWatch watch) : RightValues(spec)
{
    private const string Awkward = "a'b\"c\\d";

    /// <summary>The folder of the specs beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "specs");

    public override string StoreName => Subtypes.Name;

    /// <summary>The ways to authenticate of a subtype, with canaries in them.</summary>
    /// <exception cref="SpecGapException">The spec or its accounts lack what the tests need.</exception>
    public static IReadOnlyList<Way> WaysOf(string subtype, CanaryWatch watch, string? folder = null)
    {
        folder ??= Folder;
        return Way.Of(folder, new CanaryValues(StoreSpecFile.Read(folder, subtype), watch));
    }

    // Of PEM only the blocks are sent, so the canary is inside of one; it is base64, too.
    protected override string File(string content)
    {
        var lines = content.TrimEnd('\n').Split('\n');
        return $"{lines[0]}\n{watch.Canary()}\n{lines[^1]}\n";
    }

    protected override string Secret(PropertySpec property)
    {
        var secret = watch.Canary(Awkward);
        if (secret.Length > property.MaxLength)
        {
            secret = watch.CanaryOf((int)property.MaxLength);
        }

        return secret.PadRight((int)property.MinLength, 'x');
    }
}
