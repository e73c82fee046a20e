using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>The demo spec with examples, and accounts to go with it.</summary>
internal static class DemoSamples
{
    public const string Accounts = """
        [
          { "type": "DEMO", "parameters": { "demo.user": "who", "demo.password": "canary-1" } },
          { "type": "DEMO", "parameters": { "demo.group": "g" } }
        ]
        """;

    public static string Spec { get; } =
        DemoSpec
            .Text.Replace(
                "\"description\": \"Where.\"",
                "\"description\": \"Where.\", \"examples\": [\"https://a\"]",
                StringComparison.Ordinal
            )
            .Replace(
                "\"description\": \"Who.\"",
                "\"description\": \"Who.\", \"examples\": [\"me\", \"you\"]",
                StringComparison.Ordinal
            )
            .Replace(
                "\"description\": \"With whom.\"",
                "\"description\": \"With whom.\", \"examples\": [\"us\"]",
                StringComparison.Ordinal
            );

    /// <summary>Asserts the one diagnostic of the demo spec or its accounts after an edit.</summary>
    /// <param name="find">What is replaced, in one of the two, where it is once.</param>
    /// <param name="replacement">What stands there instead, with ⟦ and ⟧ around the place of the mistake.</param>
    /// <param name="id">The diagnostic's ID.</param>
    /// <param name="message">The whole message.</param>
    public static void AssertMistake(string find, string replacement, string id, string message)
    {
        var isSpec = Spec.Contains(find, StringComparison.Ordinal);
        var before = isSpec ? Spec : Accounts;
        Assert.Equal(2, before.Split(find).Length);
        var (text, span) = MarkedText.Parse(before.Replace(find, replacement, StringComparison.Ordinal));

        var generation = Generation.Requiring(
            SpecFile.Of("demo", isSpec ? text : Spec),
            SpecFile.Accounts("demo", isSpec ? Accounts : text)
        );

        var diagnostic = Assert.Single(generation.Diagnostics);
        Assert.Equal(
            (id, message),
            (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.Equal(
            isSpec ? "specs/demo.store.json" : "specs/demo.accounts.json",
            diagnostic.Location.GetLineSpan().Path
        );
        Assert.Equal(span, diagnostic.Location.SourceSpan);
    }
}
