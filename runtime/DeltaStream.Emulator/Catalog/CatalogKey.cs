using System.Security.Cryptography;
using System.Text;

namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// The catalog's own random key. It keeps secrets out of the data file as plain text: digests of those that only need
/// to be compared, encryption for the few that a pending probe needs again. Who can read the whole file can use the
/// key too; the file is therefore made readable by its owner only.
/// </summary>
internal sealed class CatalogKey(byte[] key)
{
    public const int Size = 32;

    private readonly byte[] _digestKey = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        key,
        Size,
        info: "digest"u8.ToArray()
    );
    private readonly byte[] _sealKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Size, info: "seal"u8.ToArray());

    /// <summary>A digest of a property's value; equal values of different properties have different digests.</summary>
    public string Digest(string property, string value) =>
        Convert.ToBase64String(HMACSHA256.HashData(_digestKey, Encoding.UTF8.GetBytes($"{property}\0{value}")));

    public byte[] Seal(byte[] plain)
    {
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_sealKey, tag.Length);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span);
        return sealedBytes;
    }

    public byte[] Unseal(byte[] sealedBytes)
    {
        var (nonce, tag, cipher) = Parts(sealedBytes);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(_sealKey, tag.Length);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain);
        return plain;
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] bytes)
    {
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var tag = AesGcm.TagByteSizes.MaxSize;
        return (bytes.AsMemory(0, nonce), bytes.AsMemory(nonce, tag), bytes.AsMemory(nonce + tag));
    }
}
