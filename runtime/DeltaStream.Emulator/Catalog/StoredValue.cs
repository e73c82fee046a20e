namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A parameter's value as the catalog keeps it: as text, or, for a secret, as a keyed digest that can be compared and
/// not read. Not a record, so that no ToString shows it.
/// </summary>
internal sealed class StoredValue
{
    private StoredValue(string? text, string? digest)
    {
        Text = text;
        Digest = digest;
    }

    /// <summary>The canonical value, null for a secret.</summary>
    public string? Text { get; }

    /// <summary>The digest of a secret, null otherwise.</summary>
    public string? Digest { get; }

    public static StoredValue OfText(string text) => new(text, null);

    public static StoredValue OfDigest(string digest) => new(null, digest);
}
