using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>What the words of the language do, by running what is generated for them.</summary>
public sealed class BehaviourTests
{
    [Fact]
    public void An_optional_enum_boolean_and_number_without_default_are_sent_when_set()
    {
        using var stores = Of(
            """
            "mode": { "key": "m", "kind": "enum", "description": "M.", "values": { "on": { "token": "ON", "description": "O." } } },
            "flag": { "key": "f", "kind": "boolean", "description": "F." },
            "size": { "key": "s", "kind": "integer", "description": "S." }
            """
        );

        Assert.Equal("'type' = T", Entries(stores.Declare("TStoreArgs")));
        Assert.Equal(
            "'type' = T, 'm' = ON, 'f' = FALSE, 's' = -9223372036854775808",
            Entries(stores.Declare("TStoreArgs", ("Mode", "On"), ("Flag", false), ("Size", long.MinValue)))
        );
    }

    [Fact]
    public void Defaults_are_said_outright_and_count_as_values()
    {
        using var stores = Of(
            """
            "mode": { "key": "m", "kind": "enum", "default": "off", "description": "M.", "values": { "on": { "token": "ON", "description": "O." }, "off": { "token": "OFF", "description": "O." } } },
            "flag": { "key": "f", "kind": "boolean", "default": true, "description": "F." },
            "size": { "key": "s", "kind": "integer", "default": 7, "minimum": 1, "maximum": 9, "description": "S." },
            "user": { "key": "u", "kind": "string", "description": "U." }
            """,
            """
            { "when": { "mode": ["off"], "size": [7, 8] }, "require": ["user"], "because": "Off needs a user." }
            """
        );

        Assert.Equal("'type' = T, 'm' = OFF, 'f' = TRUE, 's' = 7", Entries(stores.Declare("TStoreArgs")));
        Assert.Equal(
            ["t.user is required when Mode is Off and Size is 7 or 8: set User. Off needs a user"],
            Messages(stores.Declare("TStoreArgs"))
        );
        Assert.Empty(Messages(stores.Declare("TStoreArgs", ("Size", 9))));
        Assert.Empty(Messages(stores.Declare("TStoreArgs", ("Mode", "On"))));
        Assert.Empty(Messages(stores.Declare("TStoreArgs", ("User", "u"))));
        Assert.Equal(
            ["t.mode is none of the values there are: choose TMode.On or TMode.Off"],
            Messages(stores.Declare("TStoreArgs", ("Mode", 3)))
        );
    }

    [Fact]
    public void An_implied_value_is_in_effect_and_implies_further()
    {
        using var stores = Of(
            """
            "a": { "key": "a", "kind": "boolean", "default": false, "description": "A." },
            "b": { "key": "b", "kind": "boolean", "default": false, "description": "B." },
            "c": { "key": "c", "kind": "integer", "default": 1, "description": "C." }
            """,
            """
            { "when": { "a": [true] }, "imply": { "b": true }, "because": "A brings B." },
            { "when": { "b": [true] }, "imply": { "c": -2 }, "because": "B brings C." }
            """
        );

        Assert.Equal("'type' = T, 'a' = FALSE, 'b' = FALSE, 'c' = 1", Entries(stores.Declare("TStoreArgs")));
        Assert.Equal(
            "'type' = T, 'a' = TRUE, 'b' = TRUE, 'c' = -2",
            Entries(stores.Declare("TStoreArgs", ("A", true)))
        );
        Assert.Equal(
            ["t.b must be true when A is true: remove B or set it so. A brings B"],
            Messages(stores.Declare("TStoreArgs", ("A", true), ("B", false)))
        );
        Assert.Equal(
            ["t.c must be -2 when B is true: remove C or set it so. B brings C"],
            Messages(stores.Declare("TStoreArgs", ("A", true), ("C", 1)))
        );
    }

    [Fact]
    public void Conditions_on_being_set_or_unset_look_at_what_is_set()
    {
        using var stores = Of(
            """
            "a": { "key": "a", "kind": "string", "secret": true, "description": "A." },
            "b": { "key": "b", "kind": "file", "description": "B.", "file": { "token": "@b" } },
            "c": { "key": "c", "kind": "identifier", "description": "C." }
            """,
            """
            { "when": { "a": "set", "b": "unset" }, "require": ["c"], "because": "A alone needs C." },
            { "when": { "a": "unset" }, "forbid": ["c"], "because": "C goes with A." }
            """
        );

        Assert.Empty(Messages(stores.Declare("TStoreArgs")));
        Assert.Equal(
            ["t.c is required when A is set and B is not set: set C. A alone needs C"],
            Messages(stores.Declare("TStoreArgs", ("A", "s")))
        );
        Assert.Empty(Messages(stores.Declare("TStoreArgs", ("A", "s"), ("B", "content"))));
        Assert.Equal(
            ["t.c must not be set when A is not set: remove C. C goes with A"],
            Messages(stores.Declare("TStoreArgs", ("C", "c")))
        );
    }

    [Fact]
    public void An_optional_address_may_come_change_its_spelling_and_go()
    {
        using var stores = Of(
            """
            "uris": {
              "key": "uris", "kind": "uris", "mutable": true, "unset": "null", "description": "U.",
              "uri": { "schemes": ["https"], "defaultScheme": "https", "port": "optional", "defaultPort": 443, "path": "segment", "segmentName": "name", "query": true }
            }
            """
        );
        var none = stores.Declare("TStoreArgs");
        var brief = stores.Declare("TStoreArgs", ("Uris", "h/n"));
        var full = stores.Declare("TStoreArgs", ("Uris", "https://h:443/n"));

        Assert.Null(StoreStatement.Update(none, none));
        Assert.Null(StoreStatement.Update(brief, full));
        Assert.Equal(
            """UPDATE STORE "x" WITH ( 'uris' = 'https://h:443/n' );""",
            StoreStatement.Update(brief, none)?.Reveal()
        );
        Assert.Equal("""UPDATE STORE "x" WITH ( 'uris' = NULL );""", StoreStatement.Update(none, full)?.Reveal());
    }

    [Fact]
    public void An_update_sends_what_changed_with_its_group_and_leaves_out_what_was_omitted()
    {
        using var stores = Of(
            """
            "a": { "key": "a", "kind": "string", "mutable": true, "description": "A." },
            "b": { "key": "b", "kind": "string", "mutable": true, "unset": "omit", "description": "B." },
            "c": { "key": "c", "kind": "integer", "mutable": true, "default": 1, "description": "C." },
            "d": { "key": "d", "kind": "string", "mutable": true, "description": "D." }
            """,
            groups: """{ "members": ["a", "b"], "because": "Together." }, { "members": ["c"], "always": true, "because": "Always." }"""
        );
        var before = stores.Declare("TStoreArgs", ("A", "1"), ("B", "2"), ("D", "4"));

        Assert.Equal(
            """UPDATE STORE "x" WITH ( 'a' = 'one', 'b' = '2', 'c' = 1 );""",
            StoreStatement.Update(stores.Declare("TStoreArgs", ("A", "one"), ("B", "2"), ("D", "4")), before)?.Reveal()
        );
        Assert.Equal(
            """UPDATE STORE "x" WITH ( 'a' = '1', 'c' = 1 );""",
            StoreStatement.Update(stores.Declare("TStoreArgs", ("A", "1"), ("D", "4")), before)?.Reveal()
        );
        Assert.Equal(
            """UPDATE STORE "x" WITH ( 'c' = 1, 'd' = 'four' );""",
            StoreStatement.Update(stores.Declare("TStoreArgs", ("A", "1"), ("B", "2"), ("D", "four")), before)?.Reveal()
        );
    }

    [Fact]
    public void Bounds_hold_from_the_least_to_the_most()
    {
        using var stores = Of(
            """
            "text": { "key": "t", "kind": "string", "minLength": 0, "maxLength": 3, "description": "T." },
            "word": { "key": "w", "kind": "string", "secret": true, "minLength": 2, "description": "W." },
            "size": { "key": "s", "kind": "integer", "minimum": -1, "description": "S." },
            "file": { "key": "f", "kind": "file", "description": "F.", "file": { "token": "@f", "content": "pem", "maxBytes": 100 } }
            """
        );

        Assert.Empty(Messages(stores.Declare("TStoreArgs", ("Text", ""), ("Word", "ab"), ("Size", -1))));
        Assert.Equal(
            [
                "t.text has 4 characters: the most is 3",
                "t.word has 1 characters: the fewest is 2",
                "t.size is -2: it must be at least -1",
                "t.file is not PEM: it must hold a block from '-----BEGIN ...-----' to '-----END ...-----'",
            ],
            Messages(stores.Declare("TStoreArgs", ("Text", "abcd"), ("Word", "a"), ("Size", -2), ("File", "no PEM")))
        );
        Assert.Equal(
            ["t.file has 101 bytes: the most is 100"],
            Messages(stores.Declare("TStoreArgs", ("File", new string('x', 101))))
        );
    }

    [Fact]
    public void A_subtype_without_description_refuses_one()
    {
        using var stores = Of(""" "a": { "key": "a", "kind": "string", "description": "A." } """);

        Assert.Equal(
            ["t.description can't be set for t stores: remove it"],
            Messages(stores.Declare("TStoreArgs", ("Description", "words")))
        );
    }

    private static GeneratedStores Of(string properties, string rules = "", string groups = "") =>
        GeneratedStores.Of(
            SpecFile.Of(
                "t",
                $$"""
                {
                  "subtype": "t", "type": "T", "title": "T", "description": "T.",
                  "properties": { {{properties}} }
                  {{(rules.Length > 0 ? $", \"rules\": [{rules}]" : "")}}
                  {{(groups.Length > 0 ? $$""", "update": { "groups": [{{groups}}] }""" : "")}}
                }
                """
            )
        );

    private static string Entries(StoreArgs store) =>
        StoreStatement
            .Create(store)
            .Reveal()
            .Replace("CREATE STORE \"x\" WITH ( ", "", StringComparison.Ordinal)
            .Replace(" );", "", StringComparison.Ordinal);

    private static IEnumerable<string> Messages(StoreArgs store) => store.Validate().Select(f => f.Message);
}
