using System.Security.Cryptography;
using System.Text;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// What SCRAM-SHA-256 (RFC 5802, RFC 7677) needs to check a password: made once from it, so that the password itself
/// is not kept.
/// </summary>
internal sealed class ScramVerifier
{
    private const int SaltSize = 16;
    private const int KeySize = 32;

    public ScramVerifier(string password)
    {
        Salt = RandomNumberGenerator.GetBytes(SaltSize);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            // Clients prepare the password (RFC 4013), which is this as far as it can be seen in practice.
            Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)),
            Salt,
            Iterations,
            HashAlgorithmName.SHA256,
            KeySize
        );
        StoredKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        ServerKey = HMACSHA256.HashData(salted, "Server Key"u8);
    }

    public static int Iterations => 4096;

    public byte[] Salt { get; }

    public byte[] StoredKey { get; }

    public byte[] ServerKey { get; }
}

/// <summary>The server's side of one SCRAM-SHA-256 login.</summary>
internal sealed class ScramServer(ScramVerifier verifier)
{
    public const string Mechanism = "SCRAM-SHA-256";

    private string _clientFirstBare = "";
    private string _channelHeader = "";
    private string _serverFirst = "";
    private string _nonce = "";

    /// <summary>Takes the client's first message and gives the server's.</summary>
    public string Begin(string clientFirst)
    {
        // gs2-header: no channel binding ("n" or "y", which TLS has no use for here), no other identity.
        var parts = clientFirst.Split(',', 3);
        if (parts.Length < 3 || parts[0] is not ("n" or "y"))
        {
            throw Malformed();
        }

        _channelHeader = $"{parts[0]},{parts[1]},";
        _clientFirstBare = parts[2];
        var clientNonce = Attribute(_clientFirstBare, 'r') ?? throw Malformed();
        _nonce = clientNonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        _serverFirst = $"r={_nonce},s={Convert.ToBase64String(verifier.Salt)},i={ScramVerifier.Iterations}";
        return _serverFirst;
    }

    /// <summary>Takes the client's proof. Returns the server's own, or null when the client's is wrong.</summary>
    public string? Finish(string clientFinal)
    {
        var proofStart = clientFinal.LastIndexOf(",p=", StringComparison.Ordinal);
        if (proofStart < 0)
        {
            throw Malformed();
        }

        var withoutProof = clientFinal[..proofStart];
        var binding = Convert.ToBase64String(Encoding.UTF8.GetBytes(_channelHeader));
        if (Attribute(withoutProof, 'c') != binding || Attribute(withoutProof, 'r') != _nonce)
        {
            throw Malformed();
        }

        var proof = new byte[SHA256.HashSizeInBytes];
        if (
            !Convert.TryFromBase64String(clientFinal[(proofStart + 3)..], proof, out var length)
            || length != proof.Length
        )
        {
            throw Malformed();
        }

        var message = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{withoutProof}");
        var signature = HMACSHA256.HashData(verifier.StoredKey, message);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= signature[i];
        }

        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(proof), verifier.StoredKey)
            ? $"v={Convert.ToBase64String(HMACSHA256.HashData(verifier.ServerKey, message))}"
            : null;
    }

    private static string? Attribute(string message, char name) =>
        Array.Find(message.Split(','), part => part.Length > 2 && part[0] == name && part[1] == '=')?[2..];

    private static ProtocolException Malformed() => new("malformed SCRAM message");
}
