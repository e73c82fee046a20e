namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A parameter's value as the catalog keeps it: a canonical text, or the keyed digest of a secret, which can be
/// compared and not read. The other is null. Not a record, so that no ToString shows it.
/// </summary>
internal sealed class StoredValue(string? text, string? digest)
{
    public string? Text => text;

    public string? Digest => digest;
}
