using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeltaStream.Sdk.Tests.Files;

/// <summary>Real certificates and keys, made when the tests run.</summary>
internal static class PemFiles
{
    private static readonly RSA s_rsa = RSA.Create(2048);

    private static readonly ECDsa s_ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static byte[] CertificateDer { get; } = Issue("CN=ca").RawData;

    public static string Certificate { get; } = Pem("CERTIFICATE", CertificateDer);

    public static string Other { get; } = Pem("CERTIFICATE", Issue("CN=other").RawData);

    public static string Bundle => Certificate + Other;

    public static string Pkcs8 { get; } = Pem("PRIVATE KEY", s_rsa.ExportPkcs8PrivateKey());

    public static string EcPkcs8 { get; } = Pem("PRIVATE KEY", s_ec.ExportPkcs8PrivateKey());

    public static string Encrypted { get; } =
        s_rsa.ExportEncryptedPkcs8PrivateKeyPem(
            "not a secret",
            new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000)
        ) + "\n";

    public static string Pkcs1 { get; } = s_rsa.ExportRSAPrivateKeyPem() + "\n";

    public static string Sec1 { get; } = s_ec.ExportECPrivateKeyPem() + "\n";

    public static string PublicKey { get; } = s_rsa.ExportSubjectPublicKeyInfoPem() + "\n";

    public static string Request { get; } =
        new CertificateRequest(
            "CN=ca",
            s_rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSigningRequestPem() + "\n";

    public static byte[] Pkcs12 { get; } = Issue("CN=ca").Export(X509ContentType.Pkcs12, "not a secret");

    public static string Pem(string label, byte[] der) => PemEncoding.WriteString(label, der) + "\n";

    private static X509Certificate2 Issue(string name) =>
        new CertificateRequest(name, s_rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100)
        );
}
