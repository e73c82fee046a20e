using System.CommandLine;
using System.Text.Json;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Prints the schema of a declaration.</summary>
internal sealed class SchemaVerb() : Verb("schema", "Prints the JSON Schema of a declaration, for editors.")
{
    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var schema = Assets.Read(DeclarationFiles.Schema);
        using var document = JsonDocument.Parse(schema);
        return Task.FromResult(new Result { Schema = document.RootElement.Clone(), Text = schema.TrimEnd() });
    }
}
