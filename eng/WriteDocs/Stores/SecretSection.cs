using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>What is secret, and what that means.</summary>
internal static class SecretSection
{
    public static string Of(StoreSpec spec)
    {
        var texts = spec.Properties.Where(p => p.Secret && p.Kind != PropertyKind.File).Select(p => p.Member).ToArray();
        var files = spec.Properties.Where(p => p.Secret && p.Kind == PropertyKind.File).Select(p => p.Member).ToArray();
        if (texts.Length + files.Length == 0)
        {
            return "## Secrets\n\nNo property is a secret.\n";
        }

        var words = "## Secrets\n\n";
        if (texts.Length > 0)
        {
            words +=
                $"{Markdown.Codes(texts)} {(texts.Length == 1 ? "is a `Secret`, which prints" : "are `Secret`s, which print")} as `***` in text, "
                + "records, JSON and the debugger. ";
        }

        if (files.Length > 0)
        {
            words +=
                $"{Markdown.Codes(files)} {(files.Length == 1 ? "is a file" : "are files")} of which nothing but the size is printed. ";
        }

        return words
            + "Statements are shown and logged redacted, and what the service echoes is cleaned before it reaches an exception. A secret "
            + "written into the code is a warning ([DS2010](../diagnostics/DS2010.md)).\n";
    }
}
