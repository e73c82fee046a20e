using System.Security.Cryptography;
using System.Text;

namespace DeltaStream.Emulator.Rest;

/// <summary>Lets in the requests that carry the bearer token; without a token, all of them.</summary>
internal sealed class TokenCheck(string? token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = token is null ? null : Digest(token);

    /// <summary>Why a request is not let in, or null. Takes the same time whatever part of the token is right.</summary>
    public string? Refusal(string? authorization)
    {
        if (_expected is null)
            return null;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return "no token";
        var given = Digest(authorization[Scheme.Length..].Trim());
        return CryptographicOperations.FixedTimeEquals(given, _expected) ? null : "invalid token";
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
