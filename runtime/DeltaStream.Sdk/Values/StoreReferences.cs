using System.Text;
using DeltaStream.Sdk.Files;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Values;

/// <summary>Reads what a declaration points to: <c>{ "env": "NAME" }</c>, <c>{ "file": "path" }</c>, <c>{ "base64": "..." }</c>.</summary>
/// <param name="directory">Where relative paths start.</param>
/// <param name="environment">Reads an environment variable; null when it is not set.</param>
internal sealed class StoreReferences(string directory, Func<string, string?> environment)
{
    private const string Forms =
        """write {"env": "NAME"} for an environment variable, {"file": "path"} for a file, or {"base64": "..."} for its bytes""";

    private static readonly string[] s_members = ["env", "file", "base64"];

    /// <summary>Reads a file by its path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="fault">Why it can't be read; null when it can.</param>
    public StoreFile? OfPath(string path, out string? fault)
    {
        fault = null;
        try
        {
            return StoreFile.FromPath(Path.Combine(directory, path));
        }
        catch (Exception e) when (StoreFile.WhyUnreadable(e) is { } why)
        {
            fault =
                e is InvalidDataException
                    ? why
                    : $"can't be read from its path, as {why}; a relative path starts at '{directory}'";
            return null;
        }
    }

    /// <summary>Reads a file that is written in base64.</summary>
    public static StoreFile? OfBase64(string text, out string? fault)
    {
        fault = null;
        try
        {
            return StoreFile.FromBytes(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            fault = "holds no base64: write the bytes in base64 on one line";
            return null;
        }
        catch (InvalidDataException e)
        {
            fault = StoreFile.WhyUnreadable(e);
            return null;
        }
    }

    /// <summary>Reads the bytes that an object points to.</summary>
    public byte[]? Bytes(StoreNode reference, out string? fault)
    {
        if (
            reference.Members is not [{ Name: var name, Value: { Kind: StoreNodeKind.Text, Text: var text } }]
            || !s_members.Contains(name)
        )
        {
            fault = $"is an object that points to nothing: {Forms}";
            return null;
        }

        switch (name)
        {
            case "env":
                // An empty variable is one that somebody forgot to fill.
                fault = environment(text) is { Length: > 0 }
                    ? null
                    : $"points to the environment variable '{VisibleName(text)}', which is not set: set it, or point elsewhere";
                return fault is null ? Encoding.UTF8.GetBytes(environment(text)!) : null;
            case "file":
                return OfPath(text, out fault)?.Reveal().ToArray();
            default:
                var bytes = OfBase64(text, out fault);
                return bytes?.Reveal().ToArray();
        }
    }

    /// <summary>Reads the secret that an object points to. The line break at the end of a file is not part of it.</summary>
    public Secret? Secret(StoreNode reference, out string? fault)
    {
        if (Bytes(reference, out fault) is not { } bytes)
        {
            return null;
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return new Secret(reference["file"] is null ? text : WithoutEnd(text));
        }
        catch (DecoderFallbackException)
        {
            fault = "points to bytes that are no UTF-8: save it as UTF-8";
            return null;
        }
    }

    /// <summary>Reads the file that an object points to.</summary>
    public StoreFile? File(StoreNode reference, out string? fault)
    {
        if (reference is { Members: [{ Name: "file", Value: { Kind: StoreNodeKind.Text, Text: var path } }] })
        {
            return OfPath(path, out fault);
        }

        if (Bytes(reference, out fault) is not { } bytes)
        {
            return null;
        }

        try
        {
            return StoreFile.FromBytes(bytes);
        }
        catch (InvalidDataException e)
        {
            fault = StoreFile.WhyUnreadable(e);
            return null;
        }
    }

    private static string WithoutEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;

    private static string VisibleName(string name) => VisibleText.Of(name);
}
