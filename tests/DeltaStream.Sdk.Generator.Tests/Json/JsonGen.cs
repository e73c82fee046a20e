using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace DeltaStream.Sdk.Generator.Tests.Json;

/// <summary>Random JSON, written by the platform.</summary>
internal static class JsonGen
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[0, 6],
        Gen.OneOf("", "é", "東西", "🚀", "\"\\/", "\r\n\t\0", "\u2028", "kafka.sasl.username")
    );

    private static readonly Gen<JsonNode?> s_leaf = Gen.OneOf(
        Gen.Const(() => (JsonNode?)null),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Long.Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Double[-1e300, 1e300].Select(n => (JsonNode?)JsonValue.Create(n)),
        s_text.Select(t => (JsonNode?)JsonValue.Create(t))
    );

    private static readonly Gen<JsonSerializerOptions> s_options = Gen.OneOf(
        new JsonSerializerOptions { WriteIndented = true, NewLine = "\r\n" },
        new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" },
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
        new JsonSerializerOptions()
    );

    public static Gen<string> Text { get; } =
        Gen.Select(Json(4), s_options, (json, options) => json is null ? "null" : json.ToJsonString(options));

    private static Gen<JsonNode?> Json(int depth) =>
        depth == 0
            ? s_leaf
            : Gen.OneOf(
                s_leaf,
                Json(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items])),
                Gen.Select(s_text, Json(depth - 1), KeyValuePair.Create)
                    .Array[0, 4]
                    .Select(members => (JsonNode?)new JsonObject(members.DistinctBy(m => m.Key)))
            );
}
