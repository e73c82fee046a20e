using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Subtypes of a project's own spec are read and written as data like those of the SDK.</summary>
public sealed class OwnDataTests
{
    private const string Spec = """
        {
          "subtype": "acme-queue", "type": "ACME_QUEUE", "title": "Acme", "description": "Acme's queue.",
          "properties": {
            "uris": { "key": "uris", "kind": "uris", "required": true, "description": "The brokers.", "uri": { "list": true, "port": "required", "path": "none" } },
            "mode": {
              "key": "m", "kind": "enum", "default": "fast", "description": "Mode.",
              "values": { "fast": { "token": "FAST", "description": "Fast." }, "safe": { "token": "SAFE", "description": "Safe." } }
            },
            "depth": { "key": "d", "kind": "integer", "minimum": 1, "description": "Depth." },
            "lazy": { "key": "l", "kind": "boolean", "description": "Lazy." },
            "token": { "key": "t", "kind": "string", "secret": true, "description": "Token." },
            "cert": { "key": "c", "kind": "file", "description": "A file.", "file": { "token": "@c" } }
          }
        }
        """;

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var stores = GeneratedStores.Of(SpecFile.Of("acme-queue", Spec));
        var store = stores.Declare(
            "AcmeQueueStoreArgs",
            ("Uris", "b:9092"),
            ("Mode", "Safe"),
            ("Depth", 7L),
            ("Lazy", true),
            ("Cert", "bytes")
        );

        var json = StoreDeclarations.Write([store]);

        Assert.Equal(
            """
            [
              {
                "name": "x",
                "acmeQueue": {
                  "uris": "b:9092",
                  "mode": "SAFE",
                  "depth": 7,
                  "lazy": true,
                  "cert": {
                    "base64": "Ynl0ZXM="
                  }
                }
              }
            ]
            """,
            json,
            ignoreLineEndingDifferences: true
        );
        var read = StoreDeclarations.Read(json, new() { OwnSubtypes = [store.Subtype] });
        Assert.Empty(read.Faults);
        Assert.Equal(store, Assert.Single(read.Stores));
    }

    [Fact]
    public void Its_secrets_point_elsewhere_its_faults_are_found_and_nobody_else_knows_it()
    {
        using var stores = GeneratedStores.Of(SpecFile.Of("acme-queue", Spec));
        var own = stores.Declare("AcmeQueueStoreArgs", ("Uris", "b:9092")).Subtype;
        const string Json = """{"x":{"acmeQueue":{"uris":"b:9092","token":{"env":"T"},"depth":0,"mod":"SAFE"}}}""";

        var read = StoreDeclarations.Read(Json, new() { OwnSubtypes = [own], Variable = _ => "a token" });
        var unknown = StoreDeclarations.Read(Json);

        Assert.Equal(["acme-queue.depth", "acme-queue.mod"], read.Faults.Select(f => f.Message.Split(' ')[0]));
        Assert.Contains(
            unknown.Faults,
            f => f.Message.Equals("A store has no 'acmeQueue': remove it", StringComparison.Ordinal)
        );
    }
}
