using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Statements;
using DeltaStream.WriteDocs.Stores.Examples;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>How files are declared, and how they travel.</summary>
internal static class FileSection
{
    public static string Of(StoreSpec spec, IReadOnlyList<Way> ways)
    {
        var files = spec.Properties.Where(p => p.Kind == PropertyKind.File).ToArray();
        if (files.Length == 0)
        {
            return string.Empty;
        }

        var table = Markdown.Table(
            ["C#", "Token", "Content", "At most"],
            files.Select(f =>
                (string[])
                    [
                        Markdown.Code(f.Member),
                        Markdown.Code(f.File!.Token),
                        FileWords.Of(f.File.Content),
                        $"{ValueWords.Count(f.File.MaxBytes ?? FileSpec.MostBytes)} bytes",
                    ]
            )
        );
        var token = Markdown.Code($"'{files[0].File!.Token}'");
        return $"""
            ## Files

            {table}
            A `StoreFile` is made `FromPath`, `FromText` or `FromBytes`; it is read once, when it is made, and compared by its content. How it
            travels depends on the connection:

            | Connection | In the statement | The content |
            | --- | --- | --- |
            | REST (`DeltaStream.Data`) | the token, such as {token} | an attachment of exactly that name beside the statement |
            | PostgreSQL protocol (`DeltaStream.Sdk.Npgsql`) | the content | base64 on one line, a third longer than the file. No source confirms that the service takes it so. |

            Statements that are shown have the token in either case. Of a PEM file its blocks are sent, in UTF-8 and with a line feed after each line.
            A byte-order mark, carriage returns, and text around the blocks are left out.
            {Example(ways[0], [.. files.Where(f => f.Deprecated is null && !ways.Any(w => w.Minimal.Has(f)))])}
            """;
    }

    private static string Example(Way way, IEnumerable<PropertySpec> files)
    {
        // What can't stand beside the others is left out, so that the example is right.
        var declaration = files.Aggregate(way.Minimal, (d, f) => way.Extended(d, f) ?? d);
        var added = declaration.Properties.Select(p => p.Property).Where(p => !way.Minimal.Has(p)).ToArray();
        return added.Length == 0
            ? string.Empty
            : $"""

                For example, in place of the last line of the first program above:

                {Markdown.Block("csharp", DeclarationCode.CreateWith(declaration, added))}
                {Markdown.Block("sql", StatementLines.Of(StoreStatement.Create(declaration.ToStore())))}
                """;
    }
}
