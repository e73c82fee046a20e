namespace DeltaStream.Stores.Tool.Reading;

/// <summary>The files that the command carries.</summary>
internal static class Assets
{
    /// <summary>Reads a file as text.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Assets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
