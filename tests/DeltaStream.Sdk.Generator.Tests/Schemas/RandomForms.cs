using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>Declarations as data in forms that no declaration in C# can have.</summary>
internal static class RandomForms
{
    private const string Named = "named";

    // Of whatever kind; null is JSON's null.
    private static readonly Gen<JsonNode?> s_value = Gen.OneOf(
            "null",
            "true",
            "7",
            "1.5",
            "\"x\"",
            "[]",
            "{}",
            """["x"]""",
            """{"x":"A"}"""
        )
        .Select(json => JsonNode.Parse(json));

    private static readonly Gen<JsonNode?> s_pointsNowhere = Gen.OneOf(
            """{"env":""}""",
            """{"env":7}""",
            """{"env":null}""",
            """{"ENV":"A"}""",
            """{"path":"x"}""",
            """{"env":"A","file":"b"}""",
            """{"base64":"?"}""",
            """{"base64":""}""",
            """{"base64":"QUJ"}""",
            """{"file":""}""",
            """{"file":["x"]}""",
            "{}"
        )
        .Select(json => JsonNode.Parse(json));

    /// <summary>Declarations of right values, which miss little.</summary>
    public static Gen<Dictionary<string, object>> Right(StoreSpec spec) =>
        RandomDeclarations.Of(
            spec,
            p => Gen.Const(new MadeUpValues(spec).Of(p)),
            Gen.Const("x"),
            required: 60,
            optional: 6
        );

    /// <summary>Changes one thing, or nothing.</summary>
    public static Gen<Func<StoreSpec, JsonObject, JsonObject>> Changes { get; } =
        Gen.Frequency(
            (2, Gen.Const((Func<StoreSpec, JsonObject, JsonObject>)((_, store) => store))),
            (4, Gen.Select(Gen.Int[0, 100], Gen.Bool).Select(d => Pointing(d.Item1, d.Item2))),
            (2, Gen.Select(Gen.Int[0, 100], s_pointsNowhere).Select(d => Inside(d.Item1, d.Item2))),
            (2, Gen.Select(Gen.Int[0, 100], s_value).Select(d => Inside(d.Item1, d.Item2))),
            (1, Gen.Select(Gen.Int[0, 100], s_value).Select(d => Outside(d.Item1, d.Item2))),
            (1, Gen.Int[0, 100].Select(Removed)),
            (1, Gen.Select(Gen.Int[0, 100], Gen.Bool).Select(d => Misspelt(d.Item1, d.Item2)))
        );

    /// <summary>Puts a store into a list or a map, or leaves it alone.</summary>
    public static Gen<Func<JsonObject, JsonNode>> Wrappings { get; } =
        Gen.OneOf<Func<JsonObject, JsonNode>>(
            store => store,
            store => With(store, "$schema", "store.schema.json"),
            store => new JsonArray(store),
            store => new JsonArray(With(store, "name", "a"), With((JsonObject)store.DeepClone(), "name", "b")),
            store => new JsonArray(new JsonArray(store)),
            store => new JsonArray(store, 7),
            store => new JsonObject { [Named] = Without(store) },
            store => new JsonObject { ["$schema"] = "store.schema.json", [Named] = Without(store) },
            store => new JsonObject { [Named] = With(store, "name", Named) },
            store => new JsonObject { [Named] = Without(store), ["other"] = 7 },
            store => new JsonObject { [Named] = Without(store), ["other"] = Without((JsonObject)store.DeepClone()) },
            store => new JsonObject { [Named] = Without(store), ["other"] = new JsonObject() },
            store => new JsonObject { ["kafka"] = Without(store) },
            store => new JsonObject { ["name"] = Without(store) },
            store => new JsonObject { ["owner"] = Without(store), ["description"] = new JsonObject() },
            store => new JsonObject { [" "] = Without(store) },
            store => new JsonObject { ["$schema"] = Without(store) },
            store => Without(store)
        );

    /// <summary>What the variables hold that <see cref="Changes"/> point to: right values.</summary>
    public static string? VariableOf(string name) => name.Length > 1 ? name[1..] : null;

    /// <summary>Whether a member is the path of a file, of which the schema does not see whether it is there.</summary>
    public static bool IsPath(StoreSpec spec, string member) =>
        spec.Properties.Any(p => p.Member == member && IsPath(p));

    private static bool IsPath(PropertySpec property) => property is { Kind: PropertyKind.File, Secret: false };

    // In place of a secret or a file stands where it is: of the variable, the name has the value.
    private static Func<StoreSpec, JsonObject, JsonObject> Pointing(int which, bool isVariable) =>
        (spec, store) =>
        {
            var pointing = spec.Properties.Where(References.CanBe).Where(p => !p.Inherited).ToArray();
            if (pointing.Length > 0)
            {
                var property = pointing[which % pointing.Length];
                var value = (string)new MadeUpValues(spec).Of(property);
                store[DataDeclaration.Member(spec)]![property.Name] = isVariable
                    ? new JsonObject { ["env"] = "=" + value }
                    : new JsonObject { ["base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) };
            }

            return store;
        };

    private static Func<StoreSpec, JsonObject, JsonObject> Inside(int which, JsonNode? value) =>
        (spec, store) =>
        {
            var properties = spec.Properties.Where(p => !p.Inherited && !IsPath(p)).ToArray();
            store[DataDeclaration.Member(spec)]![properties[which % properties.Length].Name] = value?.DeepClone();
            return store;
        };

    private static Func<StoreSpec, JsonObject, JsonObject> Outside(int which, JsonNode? value) =>
        (spec, store) =>
        {
            string[] names = ["name", "owner", "description", "state", "kafka", DataDeclaration.Member(spec)];
            store[names[which % names.Length]] = value?.DeepClone();
            return store;
        };

    private static Func<StoreSpec, JsonObject, JsonObject> Removed(int which) =>
        (spec, store) =>
        {
            var inside = store[DataDeclaration.Member(spec)]!.AsObject();
            if (inside.Count > 0)
            {
                inside.RemoveAt(which % inside.Count);
            }

            return store;
        };

    private static Func<StoreSpec, JsonObject, JsonObject> Misspelt(int which, bool isInside) =>
        (spec, store) =>
        {
            var members = isInside ? store[DataDeclaration.Member(spec)]!.AsObject() : store;
            if (members.Count > 0)
            {
                var (name, value) = members.GetAt(which % members.Count);
                members.Remove(name);
                members[name + "s"] = value;
            }

            return store;
        };

    private static JsonObject With(JsonObject store, string member, string value)
    {
        store[member] = value;
        return store;
    }

    private static JsonObject Without(JsonObject store)
    {
        store.Remove("name");
        return store;
    }
}
