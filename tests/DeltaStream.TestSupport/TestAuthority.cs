using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeltaStream.TestSupport;

/// <summary>A certificate authority that only its test trusts, with PEM files in a folder of its own.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-authority-");
    private readonly X509Certificate2 _root;
    private X509Certificate2? _intermediate;
    private int _files;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(From, Until);
        RootFile = Write(_root.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public X509Certificate2 Root => _root;

    /// <summary>The file with <see cref="Root"/>.</summary>
    public string RootFile { get; }

    private static DateTimeOffset From => DateTimeOffset.UtcNow.AddDays(-1);

    private static DateTimeOffset Until => DateTimeOffset.UtcNow.AddDays(30);

    /// <summary>Makes a server's certificate for host names and addresses, and gives the files of it and its key.</summary>
    public (string Certificate, string Key) Issue(params string[] names)
    {
        using var key = RSA.Create(2048);
        var certificate = Issue(OfRsa(key), _root, names);
        return (Write(certificate), Write(key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Makes a server's certificate by an elliptic curve.</summary>
    public (string Certificate, string Key) IssueEllipticCurve(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Issue(new CertificateRequest("CN=Test", key, HashAlgorithmName.SHA256), _root, names);
        return (Write(certificate), Write(key.ExportECPrivateKeyPem()));
    }

    /// <summary>Makes a server's certificate by an authority between; the file has both.</summary>
    public (string Certificate, string Key) IssueBehindAnother(params string[] names)
    {
        if (_intermediate is null)
        {
            using var between = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=Test authority between", between, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
            request.CertificateExtensions.Add(
                new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false)
            );
            using var signed = request.Create(_root, From.AddMinutes(1), Until.AddMinutes(-1), Serial());
            _intermediate = signed.CopyWithPrivateKey(between);
        }

        using var key = RSA.Create(2048);
        var own = Issue(OfRsa(key), _intermediate, names);
        return (Write($"{own}\n{_intermediate.ExportCertificatePem()}\n"), Write(key.ExportRSAPrivateKeyPem()));
    }

    /// <summary>Writes a file that lives as long as this does.</summary>
    public string Write(string content)
    {
        var path = Path.Combine(_folder.FullName, $"{++_files}.pem");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>An HTTP client that trusts this authority and no other.</summary>
    public HttpClient Client() => new(Handler());

    public void Dispose()
    {
        _intermediate?.Dispose();
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    private SocketsHttpHandler Handler()
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.Add(_root);
        return new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = trust },
        };
    }

    private static CertificateRequest OfRsa(RSA key) =>
        new("CN=Test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Issue(CertificateRequest request, X509Certificate2 issuer, string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false)
        );
        // An RSA key may be signed for by an elliptic curve's: that needs the issuer's generator.
        using var signer = issuer.GetECDsaPrivateKey()!;
        using var certificate = request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signer),
            From.AddMinutes(2),
            Until.AddMinutes(-2),
            Serial()
        );
        return certificate.ExportCertificatePem();
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(8);
}
