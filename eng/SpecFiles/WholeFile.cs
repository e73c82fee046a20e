namespace DeltaStream.SpecFiles;

/// <summary>Writes a file whole or not at all: half a spec is a promise that nobody made.</summary>
internal static class WholeFile
{
    /// <summary>Replaces the content of a file, or creates it. The folder must exist.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = path + ".new";
        try
        {
            File.WriteAllBytes(draft, bytes);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
