using System.Text;
using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Schemas;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs;

/// <summary>What the two schemas are, and what each subtype is called in them.</summary>
internal static class SchemaReadme
{
    private const string Top = """
        # Schemas

        What a store is, for programs that are not written in C#. `eng/write-docs` writes both files, and this page, from the
        [specs](../../specs/README.md); a test says when they are stale. Don't edit them.

        | File | What it is | For |
        | --- | --- | --- |
        | [store.json](store.json) | A JSON Schema (draft 2020-12) of one declared store | editors, and checks before a deployment |
        | [pulumi.json](pulumi.json) | A Pulumi package schema with the resource `Store` | a Pulumi provider that is built on the SDK |

        Both have the same shape: `name`, `owner`, `description`, and exactly one object, whose name says the subtype.

            {
              "$schema": "store.json",
              "name": "orders",
              "postgres": {
                "uris": "postgresql://db.example.com:5432/orders",
                "username": "deltastream",
                "password": "..."
              }
            }

        An enum's value is its SQL token, such as `AWS_MSK_IAM`.


        """;

    private const string Bottom = """

        ## Files

        A file that is **no secret** is given by its path, and a **secret** one by its content in base64 on one line. So a secret
        stands where secrets are guarded, and not on a disk that the declaration only points to. The official Pulumi provider
        does the same with the two files that it knows, `kafka.tlsCaCertFile` and `snowflake.clientKey`. In C# both are a
        `StoreFile`: `StoreFile.FromPath(path)`, and `StoreFile.FromBytes(Convert.FromBase64String(content))`.

        ## store.json in an editor

        An editor that knows JSON Schema completes the members, shows what each is and which rules it is part of, and underlines what
        breaks one. Name the schema in the file's `$schema`, or map it in the editor's settings; for YAML the first line
        `# yaml-language-server: $schema=store.json` does it.

        A secret is `writeOnly`. A declaration that holds secrets belongs in no repository: fill them in where it is deployed.

        The schema refuses nothing that the SDK takes, but for lengths: it counts characters, and the SDK counts UTF-16 code
        units. What a schema can't say, the SDK alone checks, with a message that names the remedy: what is in a file (PEM,
        and the size of one given by its path), whether brackets hold a right IPv6 address, and half of a surrogate pair.

        ## pulumi.json in a provider

        A provider that is built on the SDK answers `GetSchema` with this file, after adding what is its own: the version, the
        configuration, where its plugin is, and the settings of the languages it is published for. The token is
        `deltastream:index:Store`, and the types and properties that the official provider has are called as they are there, so
        programs carry over.

        - `secret` marks every secret, as everywhere in the SDK (FR-007).
        - The outputs are `name`, `type`, `state`, `owner`, `createdAt` and `updatedAt`, whatever the subtype; a new subtype
          adds none (D-004, NFR-006).
        - `willReplaceOnChanges` marks what can't be changed in place. The provider says so in its `Diff`; the mark is for people.
          Another subtype than before is another store too.
        - An enum is offered as a choice, and any text is let through to the SDK, which says what the choices are: programs
          that were written with plain texts go on compiling.
        - A default is in `default` only where no rule asks whether the property is set, because Pulumi sends a default as
          if the program had set it. The words say every default.
        - Rules between properties can't be said in Pulumi's language. They are in the words, and `Check` gets them from
          the SDK: `StoreArgs.Validate()` gives all failures at once, each with its property.

        """;

    public static string Of(IReadOnlyList<StoreSpec> specs)
    {
        var text = new StringBuilder(Top);
        text.Append("| Subtype | Member | Pulumi type |\n| --- | --- | --- |\n");
        foreach (var spec in specs)
        {
            text.Append(null, $"| {spec.Title} | `{Names.Camel(spec.Subtype)}` | `{PulumiTypes.TokenOf(spec)}` |\n");
        }

        return text.Append(Bottom).ToString();
    }
}
