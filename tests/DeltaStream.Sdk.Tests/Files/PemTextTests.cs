using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DeltaStream.Sdk.Files;

namespace DeltaStream.Sdk.Tests.Files;

/// <summary>The PEM check that the analyzer shares agrees with the platform's.</summary>
public sealed class PemTextTests
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
        Assert.Equal(expected, PemText.IsPem(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, PemEncoding.TryFindUtf8(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Any_text_is_judged_as_the_platform_does() =>
        s_piece
            .Array[0, 12]
            .Select(string.Concat)
            .Sample(
                text =>
                    PemText.IsPem(Encoding.UTF8.GetBytes(text))
                    == PemEncoding.TryFindUtf8(Encoding.UTF8.GetBytes(text), out _),
                iter: 1_000_000
            );
}
