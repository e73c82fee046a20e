namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>A small spec that is right and uses nearly all of the language; mistakes are made by editing it.</summary>
internal static class DemoSpec
{
    public const string Subtype = "demo";

    public const string Text = """
        {
          "subtype": "demo",
          "type": "DEMO",
          "title": "Demo",
          "description": "A demo.",
          "properties": {
            "uris": {
              "key": "uris", "kind": "uris", "required": true, "description": "Where.",
              "uri": { "schemes": ["https"], "port": "optional", "path": "none" }
            },
            "mode": {
              "key": "demo.mode", "kind": "enum", "required": true, "description": "How.",
              "values": {
                "open": { "token": "OPEN", "description": "Open." },
                "closed": { "token": "CLOSED", "description": "Closed." },
                "ajar": { "token": "AJAR", "description": "Both." }
              }
            },
            "user": { "key": "demo.user", "kind": "string", "mutable": true, "description": "Who." },
            "password": { "key": "demo.password", "kind": "string", "secret": true, "mutable": true, "description": "Word." },
            "retries": { "key": "demo.retries", "kind": "integer", "default": 3, "minimum": 0, "maximum": 9, "description": "Often." },
            "quiet": { "key": "demo.quiet", "kind": "boolean", "default": false, "description": "Still." },
            "group": { "key": "demo.group", "kind": "identifier", "description": "With whom." },
            "cert": { "key": "demo.cert", "kind": "file", "description": "Proof.", "file": { "token": "@cert" } }
          },
          "rules": [
            { "when": { "mode": ["closed"] }, "require": ["user"], "forbid": ["cert"], "because": "So it is." },
            { "when": { "quiet": [true] }, "imply": { "retries": 0 }, "because": "Retries are loud." },
            { "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }
          ],
          "update": {
            "groups": [{ "members": ["user", "password"], "because": "They go together." }]
          }
        }
        """;

    /// <summary>The spec with one place of it replaced.</summary>
    /// <param name="find">What is replaced; it must be there once.</param>
    /// <param name="replacement">What stands there instead.</param>
    public static string With(string find, string replacement)
    {
        var at = Text.IndexOf(find, StringComparison.Ordinal);
        if (at < 0 || Text.IndexOf(find, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new ArgumentException($"The demo spec must hold this exactly once: {find}", nameof(find));
        }

        return string.Concat(Text.AsSpan(0, at), replacement, Text.AsSpan(at + find.Length));
    }
}
