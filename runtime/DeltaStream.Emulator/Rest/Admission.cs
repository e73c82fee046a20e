using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DeltaStream.Emulator.Rest;

/// <summary>Lets in the requests that carry the bearer token; without a token, those of this machine's programs.</summary>
internal sealed class Admission(string? token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = token is null ? null : Digest(token);

    /// <exception cref="RestException">The request is not let in.</exception>
    public void Check(HttpContext http)
    {
        if (_expected is null)
        {
            CheckSender(http.Request);
        }
        else if (Refusal(http.Request.Headers.Authorization, _expected) is { } refusal)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            throw new RestException(StatusCodes.Status401Unauthorized, refusal);
        }
    }

    /// <summary>Takes the same time whatever part of the token is right.</summary>
    private static string? Refusal(string? authorization, byte[] expected)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return "no token";
        }

        var given = Digest(authorization[Scheme.Length..].Trim());
        return CryptographicOperations.FixedTimeEquals(given, expected) ? null : "invalid token";
    }

    /// <summary>
    /// A web page in this machine's browser reaches loopback too, under its own name or with its origin; without a token
    /// nothing else would keep it out.
    /// </summary>
    private static void CheckSender(HttpRequest request)
    {
        var host = request.Host.Host;
        var isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);
        if (!isLocal || request.Headers.Origin.Count > 0)
        {
            throw new RestException(StatusCodes.Status403Forbidden, "without authentication web pages are not served");
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
