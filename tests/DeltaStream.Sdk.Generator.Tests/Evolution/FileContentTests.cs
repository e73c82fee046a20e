using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>What a file must hold may become wider, and not narrower or another.</summary>
public sealed class FileContentTests
{
    [Theory]
    [InlineData("pem", "any")]
    [InlineData("certificate", "certificates")]
    [InlineData("certificates", "pem")]
    [InlineData("certificate", "any")]
    [InlineData("privateKey", "pem")]
    [InlineData("pkcs8", "any")]
    public void Wider_is_right(string shipped, string current) => Evolving.AssertAllowed(Of(shipped), Of(current));

    [Theory]
    [InlineData("any", "certificates")]
    [InlineData("pem", "pkcs8")]
    [InlineData("certificates", "certificate")]
    [InlineData("privateKey", "pkcs8")]
    [InlineData("pkcs8", "privateKey")]
    [InlineData("certificate", "privateKey")]
    public void Narrower_and_another_break(string shipped, string current) =>
        Evolving.AssertBreak(
            Of(shipped),
            Of(current).Replace($"\"{current}\"", $"⟦\"{current}\"⟧", StringComparison.Ordinal),
            $"DS1022: 'cert' takes other content now ({shipped}, now {current}), which refuses what was allowed when it was shipped: go back to {shipped}"
        );

    private static string Of(string content) =>
        DemoSpec.With("{ \"token\": \"@cert\" }", $"{{ \"token\": \"@cert\", \"content\": \"{content}\" }}");
}
