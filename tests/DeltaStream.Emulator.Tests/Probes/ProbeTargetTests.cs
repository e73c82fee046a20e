using System.Text;
using DeltaStream.Emulator.Probes;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Tests.Probes;

/// <summary>A probe knows a protocol; what it connects to, a spec says, of whatever subtype.</summary>
public class ProbeTargetTests
{
    private const string Json = """
        {
          "subtype": "acme", "type": "ACME",
          "properties": {
            "where": { "key": "acme.at", "kind": "uris", "uri": { "port": "required", "path": "segment" } },
            "who": { "key": "acme.who", "kind": "string" },
            "word": { "key": "acme.word", "kind": "string", "secret": true },
            "plain": { "key": "acme.plain", "kind": "boolean", "default": true },
            "strict": { "key": "acme.strict", "kind": "boolean", "default": true },
            "root": { "key": "acme.root", "kind": "file", "file": { "token": "@root" } }
          },
          "rules": [{ "when": { "plain": [true] }, "imply": { "strict": false }, "because": "Plain is not strict." }],
          "probe": {
            "protocol": "postgresql", "address": "where", "username": "who", "password": "word",
            "tlsDisabled": "plain", "verifyHostname": "strict", "authority": "root"
          }
        }
        """;

    private static readonly Dictionary<string, string> s_given = new()
    {
        ["acme.at"] = "db:1/orders",
        ["acme.who"] = "reader",
        ["acme.word"] = "hunter2",
        ["acme.root"] = "cm9vdA==",
    };

    [Fact]
    public void It_is_what_the_spec_says()
    {
        var target = ProbeTarget.Of(Spec(Json), s_given);

        Assert.Equal(
            ("db:1/orders", "reader", "hunter2", "cm9vdA=="),
            (target.Address, target.Username, target.Password, target.Authority)
        );
        Assert.DoesNotContain("hunter2", target.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_and_what_rules_imply_count()
    {
        var implied = ProbeTarget.Of(Spec(Json), s_given);
        Assert.Equal((true, false), (implied.TlsDisabled, implied.VerifyHostname));

        var given = ProbeTarget.Of(Spec(Json), new Dictionary<string, string>(s_given) { ["acme.plain"] = "FALSE" });
        Assert.Equal((false, true), (given.TlsDisabled, given.VerifyHostname));
    }

    [Fact]
    public void Where_a_spec_says_nothing_of_TLS_it_is_on_and_checked()
    {
        var json = Json.Replace(
            ",\n    \"tlsDisabled\": \"plain\", \"verifyHostname\": \"strict\", \"authority\": \"root\"",
            "",
            StringComparison.Ordinal
        );
        Assert.NotEqual(Json, json);

        var target = ProbeTarget.Of(Spec(json), s_given);

        Assert.Equal((false, true, null), (target.TlsDisabled, target.VerifyHostname, target.Authority));
    }

    [Theory]
    [InlineData("\"address\": \"where\"", "\"address\": \"nowhere\"", "There is no property 'nowhere'.")]
    [InlineData(
        "\"address\": \"where\", ",
        "",
        "JSON deserialization for type 'DeltaStream.Emulator.Specs.ProbeSpec' was missing required properties including: 'address'."
    )]
    [InlineData(
        "\"authority\": \"root\"",
        "\"authorities\": \"root\"",
        "The JSON property 'authorities' could not be mapped to any .NET member"
    )]
    [InlineData(
        "\"probe\": {",
        "\"describe\": { \"uri\": \"where\" }, \"probe\": {",
        "The JSON property 'uri' could not be mapped to any .NET member"
    )]
    public void A_use_that_is_not_understood_is_refused(string find, string replacement, string what)
    {
        var e = Assert.Throws<InvalidDataException>(() =>
            Spec(Json.Replace(find, replacement, StringComparison.Ordinal))
        );

        Assert.StartsWith($"The emulator can't check what the spec says: {what}", e.Message);
    }

    private static StoreSpec Spec(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return SpecReader.Read(stream);
    }
}
