namespace DeltaStream.SpecFiles;

/// <summary>Writes a file whole or not at all: half a spec would be a promise that nobody made.</summary>
internal static class WholeFile
{
    /// <summary>Puts the bytes in the file's place; the folder must be there.</summary>
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
