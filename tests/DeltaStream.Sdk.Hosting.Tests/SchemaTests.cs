using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>ConfigurationSchema.json says what the options and the declarations are.</summary>
public sealed class SchemaTests
{
    private const string File = "runtime/DeltaStream.Sdk.Hosting/ConfigurationSchema.json";

    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task It_has_every_option_and_every_property_of_a_store() =>
        await PageFile.AssertAsync(
            File,
            await System.IO.File.ReadAllTextAsync(Path.Combine(Repository.Root, File)),
            Schema().ToJsonString(s_indented) + "\n"
        );

    private static JsonObject Schema() =>
        new()
        {
            ["definitions"] = new JsonObject
            {
                ["deltaStreamSettings"] = Settings("A client of DeltaStream: AddDeltaStream, AddKeyedDeltaStream."),
                ["deltaStreamStores"] = Stores(),
                ["deltaStreamStore"] = Store(),
            },
            ["type"] = "object",
            ["properties"] = new JsonObject { ["DeltaStream"] = Root(), ["Stores"] = Reference("deltaStreamStores") },
        };

    // A client without a name has its settings here, and every other one below its name.
    private static JsonObject Root()
    {
        var root = Settings(
            "Clients of DeltaStream: the settings of one without a name, and those of others below their names."
        );
        root["additionalProperties"] = Reference("deltaStreamSettings");
        return root;
    }

    private static JsonObject Settings(string description)
    {
        var properties = Properties(isOfApply: false);
        properties["Apply"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "How the declared stores are applied at start: ApplyStores.",
            ["properties"] = Properties(isOfApply: true),
            ["additionalProperties"] = false,
        };
        properties["Stores"] = Reference("deltaStreamStores");
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = description,
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Properties(bool isOfApply) =>
        new(
            Option
                .All.Where(o => o.IsOfApply == isOfApply)
                .Select(o => KeyValuePair.Create(o.Name, (JsonNode?)Value(o)))
        );

    private static JsonObject Value(Option option)
    {
        var type = option.Member.PropertyType;
        var value = new JsonObject { ["description"] = option.Description };
        if (type.IsEnum)
        {
            value["enum"] = Array([.. Enum.GetNames(type)]);
        }
        else if (type == typeof(bool))
        {
            value["type"] = "boolean";
        }
        else if (type == typeof(int))
        {
            value["type"] = "integer";
        }
        else if (type == typeof(TimeSpan))
        {
            value["type"] = "string";
            value["pattern"] = @"^-?(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$";
        }
        else if (type == typeof(IReadOnlyList<string>))
        {
            value["type"] = Array("string", "array");
            value["items"] = new JsonObject { ["type"] = "string" };
        }
        else
        {
            value["type"] = "string";
        }

        return value;
    }

    private static JsonObject Stores() =>
        new()
        {
            ["type"] = Array("object", "array"),
            ["description"] = "The declared stores, by their names or as a list with a name in each.",
            ["additionalProperties"] = Reference("deltaStreamStore"),
            ["items"] = Reference("deltaStreamStore"),
        };

    private static JsonObject Store()
    {
        var properties = new JsonObject
        {
            ["name"] = Text("The name, where it is not that of the key."),
            ["owner"] = Text("The role that owns the store; the role of the connection where it is left out."),
            ["description"] = Text("What the store is for, in words for people."),
        };
        foreach (var subtype in Sdk.StoreSubtypes.All)
        {
            properties[subtype.Member] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = subtype.Description,
                ["properties"] = new JsonObject(
                    subtype
                        .Properties.Where(p => p.Name != "description")
                        .Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Value(p)))
                ),
                ["additionalProperties"] = false,
            };
        }

        // Subtypes of the project's own are not known here.
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject Value(StoreProperty property) =>
        new()
        {
            ["description"] = property.Description,
            ["type"] = property.Kind switch
            {
                StorePropertyKind.Boolean => "boolean",
                StorePropertyKind.Integer => "integer",
                // Where the text is: a variable, a file.
                _ when property.Secret || property.Kind == StorePropertyKind.File => Array("string", "object"),
                _ => "string",
            },
        };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static JsonArray Array(params string[] texts) => [.. texts.Select(t => (JsonNode?)t)];
}
