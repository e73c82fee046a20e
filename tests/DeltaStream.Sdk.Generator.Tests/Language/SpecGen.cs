using System.Text.Json.Nodes;
using CsCheck;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Random specs that are right by construction, over the whole language.</summary>
internal static class SpecGen
{
    private static readonly string[] s_names =
    [
        "class",
        "event",
        "value",
        "other",
        "previous",
        "statement",
        "validation",
        "sent",
        "removed",
        "forbidden",
        "default",
        "system",
        "string",
        "type",
        "none",
        "all",
        "uris",
        "password",
        "token",
        "region",
    ];

    private static readonly Gen<string> s_text = Gen.Select(
            Gen.Char['a', 'z'],
            Gen.OneOf(
                Gen.String[0, 12],
                Gen.OneOf("", " & <b>", "\"\\", "\r\n", "\u2028", "东西🚀", "*/ {0}", "\0\ud83d", ".")
            )
        )
        .Select(t => t.Item1 + t.Item2);

    // Small numbers, from which the builder below takes its decisions; so a failure shrinks to few and plain properties.
    private static readonly Gen<int[]> s_choices = Gen.Int[0, 999].Array[12];

    public static Gen<string> Text { get; } =
        Gen.Select(
                Gen.Select(s_choices, s_text, (choices, text) => new Choices(choices, text)).Array[1, 10],
                Gen.Select(s_choices, s_text, (choices, text) => new Choices(choices, text)).Array[0, 4],
                Gen.Select(s_choices, s_text, (choices, text) => new Choices(choices, text)).Array[0, 2],
                s_text,
                Gen.Bool
            )
            .Select(s => Build(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5).ToJsonString());

    private static JsonObject Build(
        Choices[] drafts,
        Choices[] ruleDrafts,
        Choices[] groupDrafts,
        string text,
        bool describes
    )
    {
        var properties = drafts
            .Select((d, i) => new Draft($"{s_names[d[0] % s_names.Length]}{(d[1] % 2 == 0 ? i : "X" + i)}", i, d))
            .ToArray();
        var json = new JsonObject();
        foreach (var property in properties)
        {
            json.Add(property.Name, property.ToJson());
        }

        if (describes)
        {
            json.Add(
                "description",
                new JsonObject
                {
                    ["key"] = "description",
                    ["kind"] = "string",
                    ["description"] = text,
                }
            );
        }

        var rules = ruleDrafts.Select(r => Rule(r, properties)).OfType<JsonNode>().ToArray();
        var groups = groupDrafts.Select(g => Group(g, properties)).OfType<JsonNode>().ToArray();
        var spec = new JsonObject
        {
            ["subtype"] = "random",
            ["type"] = "RANDOM",
            ["title"] = text,
            ["description"] = text,
            ["properties"] = json,
        };
        if (rules.Length > 0)
        {
            spec["rules"] = new JsonArray(rules);
        }

        if (groups.Length > 0)
        {
            spec["update"] = new JsonObject { ["groups"] = new JsonArray(groups) };
        }

        AddUses(spec, properties);
        return spec;
    }

    // As far as there are properties of the kinds.
    private static void AddUses(JsonObject spec, Draft[] properties)
    {
        var describe = Uses(
            ("tlsDisabled", "boolean"),
            ("verifyHostname", "boolean"),
            ("schemaRegistry", "identifier")
        );
        if (describe.Count > 0)
        {
            spec["describe"] = describe;
        }

        var probe = Uses(
            ("username", "string"),
            ("password", "string"),
            ("tlsDisabled", "boolean"),
            ("verifyHostname", "boolean"),
            ("authority", "file")
        );
        if (probe.ContainsKey("password") && properties.FirstOrDefault(p => p.IsOneRequiredAddress) is { } address)
        {
            probe["protocol"] = "postgresql";
            probe["address"] = address.Name;
            spec["probe"] = probe;
        }

        JsonObject Uses(params (string Key, string Kind)[] uses) =>
            new(
                uses.Select(u => (u.Key, Property: properties.LastOrDefault(p => p.Kind == u.Kind)))
                    .Where(u => u.Property is not null)
                    .Select(u => KeyValuePair.Create(u.Key, (JsonNode?)u.Property!.Name))
            );
    }

    private static JsonObject? Group(Choices choices, Draft[] properties)
    {
        var members = Pick(choices, 0, properties.Where(p => p.Mutable));
        return members.Length == 0
            ? null
            : new JsonObject
            {
                ["always"] = choices[1] % 2 == 0,
                ["members"] = NamesOf(members),
                ["because"] = choices.Text,
            };
    }

    private static JsonObject? Rule(Choices choices, Draft[] properties)
    {
        var optional = properties.Where(p => !p.AlwaysHasValue).ToArray();
        if (choices[0] % 3 == 0)
        {
            var members = Pick(choices, 1, optional);
            return members.Length < 2
                ? null
                : new JsonObject
                {
                    ["exactlyOneOf"] = new JsonArray(
                        NamesOf(members[..(members.Length / 2)]),
                        NamesOf(members[(members.Length / 2)..])
                    ),
                    ["because"] = choices.Text,
                };
        }

        // A rule decides by properties in front and says something of those behind, so implications can't go in circles; and
        // whether a property is required or forbidden, and what is implied for it, is its own, so no two rules contradict.
        var conditions = Pick(choices, 1, properties.Where(p => p.CanDecide)).Take(3).ToArray();
        var behind = conditions.Length == 0 ? [] : properties[(conditions.Max(c => c.Index) + 1)..];
        var touched = Pick(choices, 2, behind.Where(p => !p.AlwaysHasValue || p.HasDefault));
        if (touched.Length == 0)
        {
            return null;
        }

        var rule = new JsonObject { ["when"] = Object(conditions, c => c.Condition()), ["because"] = choices.Text };
        Add("require", touched.Where(p => !p.HasDefault && p.IsRequiredByRules), NamesOf);
        Add("forbid", touched.Where(p => !p.HasDefault && !p.IsRequiredByRules), NamesOf);
        Add("imply", touched.Where(p => p.HasDefault), ps => Object(ps, p => p.Implied()));
        return rule;

        void Add(string key, IEnumerable<Draft> chosen, Func<Draft[], JsonNode> write)
        {
            if (chosen.ToArray() is { Length: > 0 } some)
            {
                rule[key] = write(some);
            }
        }
    }

    private static Draft[] Pick(Choices choices, int salt, IEnumerable<Draft> from) =>
        [.. from.Where(p => choices[(p.Index + salt) % 12] % (salt + 2) == 0)];

    private static JsonArray NamesOf(Draft[] properties) => new([.. properties.Select(p => (JsonNode)p.Name)]);

    private static JsonObject Object(Draft[] properties, Func<Draft, JsonNode> value) =>
        new(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)value(p))));

    private sealed record Choices(int[] Values, string Text)
    {
        public int this[int index] => Values[index];
    }

    private sealed record Draft(string Name, int Index, Choices Choices)
    {
        public string Kind => Pick(2, "string", "boolean", "integer", "enum", "uris", "identifier", "file");

        private bool Required => Choices[3] % 3 == 0;

        private bool Secret => Kind is "string" or "file" && Choices[4] % 2 == 0;

        public bool Mutable => Choices[5] % 2 == 0;

        public bool HasDefault => !Required && Kind is ("boolean" or "integer" or "enum") && Choices[6] % 2 == 0;

        public bool AlwaysHasValue => Required || HasDefault;

        public bool IsOneRequiredAddress => Kind == "uris" && Required && !IsList;

        private bool IsFull => Choices[11] % 2 == 0;

        private bool IsList => IsFull && Choices[9] % 2 == 0;

        public bool IsRequiredByRules => Choices[7] % 2 == 0;

        // A text that always has a value decides nothing, nor does an enum of one value.
        public bool CanDecide =>
            !AlwaysHasValue || Kind is "boolean" or "integer" || (Kind == "enum" && ValueCount > 1);

        private int ValueCount => 1 + (Choices[8] % 4);

        private long Least => Choices[9] % 3 == 0 ? long.MinValue : -Choices[9];

        private long Most => Choices[9] % 3 == 1 ? long.MaxValue : Choices[9];

        public JsonNode Condition() =>
            (Kind, Choices[10] % 2) switch
            {
                ("boolean", _) => new JsonArray(Choices[10] % 3 == 0),
                ("integer", _) => new JsonArray([.. new[] { 0, Least, Most }.Distinct().Select(n => (JsonNode)n)]),
                ("enum", _) when ValueCount > 1 => new JsonArray([
                    .. Enumerable.Range(1, ValueCount - 1).Select(i => (JsonNode)$"v{i}"),
                ]),
                (_, 0) => "set",
                _ => "unset",
            };

        public JsonNode Implied() =>
            Kind switch
            {
                "boolean" => Choices[11] % 2 == 0,
                "integer" => Least,
                _ => $"v{Choices[11] % ValueCount}",
            };

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["key"] = $"k.{Index}",
                ["kind"] = Kind,
                ["description"] = Choices.Text,
            };
            Set("required", Required);
            Set("secret", Secret);
            if (Kind == "string")
            {
                Set("address", !Secret && Choices[7] % 3 == 0);
            }

            Set("mutable", Mutable);
            if (HasDefault)
            {
                json["default"] = Kind switch
                {
                    "boolean" => Choices[6] % 4 == 0,
                    "integer" => Most,
                    _ => "v0",
                };
            }

            if (Mutable && !AlwaysHasValue && Choices[7] % 4 < 3)
            {
                json["unset"] = Pick(7, "refuse", "omit", "null");
            }

            if (Choices[8] % 3 == 0)
            {
                json["unverified"] = Choices.Text;
            }

            AddParts(json);
            return json;

            void Set(string key, bool value)
            {
                // Saying what holds anyway is allowed, except of a key that isn't for the kind.
                if (value || (Choices[10] % 5 == 0 && key != "secret"))
                {
                    json[key] = value;
                }
            }
        }

        private void AddParts(JsonObject json)
        {
            var full = IsFull;
            switch (Kind)
            {
                case "string" or "identifier" when full:
                    json["minLength"] = Choices[9] % 3;
                    json["maxLength"] = 300;
                    if (!Secret)
                    {
                        json["examples"] = new JsonArray("text & more");
                    }

                    break;
                case "integer":
                    if (Least != long.MinValue)
                    {
                        json["minimum"] = Least;
                    }

                    if (Most != long.MaxValue)
                    {
                        json["maximum"] = Most;
                    }

                    break;
                case "enum":
                    json["values"] = new JsonObject(
                        Enumerable
                            .Range(0, ValueCount)
                            .Select(i =>
                                KeyValuePair.Create(
                                    $"v{i}",
                                    (JsonNode?)new JsonObject { ["token"] = $"V_{i}", ["description"] = Choices.Text }
                                )
                            )
                    );
                    break;
                case "uris":
                    json["uri"] = full
                        ? new JsonObject
                        {
                            ["list"] = IsList,
                            ["schemes"] = new JsonArray("https", "jdbc:x"),
                            ["defaultScheme"] = "jdbc:x",
                            ["port"] = "optional",
                            ["defaultPort"] = 1 + Choices[9],
                            ["path"] = "segment",
                            ["segmentName"] = Choices.Text,
                            ["query"] = true,
                        }
                        : new JsonObject { ["port"] = "required", ["path"] = Pick(9, "none", "any") };
                    break;
                case "file":
                    json["file"] = full
                        ? new JsonObject
                        {
                            ["token"] = $"@f{Index}",
                            ["content"] = Pick(8, "pem", "certificate", "certificates", "privateKey", "pkcs8"),
                            ["maxBytes"] = 1 + Choices[9],
                        }
                        : new JsonObject { ["token"] = $"@f{Index}" };
                    break;
            }
        }

        private string Pick(int choice, params ReadOnlySpan<string> all) => all[Choices[choice] % all.Length];
    }
}
