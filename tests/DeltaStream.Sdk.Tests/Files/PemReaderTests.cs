using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DeltaStream.Sdk.Files;

namespace DeltaStream.Sdk.Tests.Files;

/// <summary>What the analyzer shares takes for a PEM block is what the platform takes for one.</summary>
public sealed class PemReaderTests
{
    private static readonly Gen<string> s_piece = Gen.OneOf(
        "-----BEGIN ",
        "-----END ",
        "-----",
        "-",
        "A",
        "B C",
        "AB",
        "AAAA",
        "AA==",
        "AAA=",
        "AAB=",
        "+/9=",
        "=",
        " ",
        "\n",
        "\r\n",
        "\t",
        "é",
        "!",
        "-----BEGIN A-----\n",
        "\n-----END A-----",
        "-----BEGIN A-----AAAA-----END A-----"
    );

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", true)]
    [InlineData("what it is\n-----BEGIN A B-----\nAAAA\n-----END A B-----", true)]
    [InlineData("-----BEGIN A-----\n-----END A-----", true)]
    [InlineData("-----BEGIN A-----\nAAAA\n-----END B-----", false)]
    [InlineData("-----BEGIN A-----\nAAA\n-----END A-----", false)]
    [InlineData("-----BEGIN A-----\nAAA=\n-----END A-----", true)]
    [InlineData("-----BEGIN A-----\nAAB=\n-----END A-----", false)]
    [InlineData("-----BEGIN A-----\nAAE=\n-----END A-----", true)]
    [InlineData("-----BEGIN A-----\nAI==\n-----END A-----", false)]
    [InlineData("-----BEGIN A-----\nA/==\n-----END A-----", false)]
    [InlineData("-----BEGIN A-----\nAQ==\n-----END A-----", true)]
    [InlineData("-----BEGIN A-----\nAAAA\n-----END A-----xy", false)]
    [InlineData("x-----BEGIN A-----\nAAAA\n-----END A-----", false)]
    [InlineData("-----BEGIN A-----\nAAAA", false)]
    [InlineData("", false)]
    public void A_block(string text, bool expected)
    {
        Assert.Equal(expected, HasBlock(text));
        Assert.Equal(expected, PemEncoding.TryFindUtf8(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Any_text_is_judged_as_the_platform_does() =>
        s_piece
            .Array[0, 12]
            .Select(string.Concat)
            .Sample(
                text =>
                    // A block that begins where another ends is taken here, and not by the platform.
                    text.Contains("----------BEGIN ", StringComparison.Ordinal)
                    || HasBlock(text) == PemEncoding.TryFindUtf8(Encoding.UTF8.GetBytes(text), out _),
                iter: 1_000_000
            );

    private static bool HasBlock(string text)
    {
        for (var reader = new PemReader(Encoding.UTF8.GetBytes(text)); reader.Next(); )
        {
            if (reader.Fault == PemFault.None)
            {
                return true;
            }
        }

        return false;
    }
}
