using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeltaStream.Emulator.Probes;
using DeltaStream.TestSupport;

namespace DeltaStream.Emulator.Tests.Probes;

/// <summary>Each certificate of the authority's file counts for a live probe, in whatever order. The server is PostgreSQL with TLS. Issue 11, number 7.</summary>
public sealed class AuthorityTests
{
    private const string Host = "127.0.0.1";

    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly Issued _root = Issue("root", null);
    private readonly Issued _other = Issue("other", null);

    [PostgresFact]
    public async Task A_bundle_is_trusted_whole_and_in_any_order()
    {
        var middle = Issue("middle", _root);
        var leaf = Issue("leaf", middle, isLeaf: true);
        await using var server = await PostgresServer.StartAsync((leaf.Pem, leaf.Key));

        foreach (
            var bundle in new[]
            {
                _root.Pem + middle.Pem,
                middle.Pem + _root.Pem,
                _other.Pem + _root.Pem + middle.Pem,
                middle.Pem + _other.Pem + _root.Pem,
                _root.Pem + _root.Pem + middle.Pem + _other.Pem,
                "# the authorities\n" + _other.Pem + middle.Pem + "# and their root\n" + _root.Pem,
            }
        )
        {
            Assert.Null(await ProbeAsync(server, bundle, verifyHostname: true));
            Assert.Null(await ProbeAsync(server, bundle, verifyHostname: false));
        }
    }

    [PostgresFact]
    public async Task A_bundle_without_the_right_authority_is_not_trusted()
    {
        var leaf = Issue("leaf", _root, isLeaf: true);
        await using var server = await PostgresServer.StartAsync((leaf.Pem, leaf.Key));

        Assert.Null(await ProbeAsync(server, _root.Pem, verifyHostname: true));
        Assert.Null(await ProbeAsync(server, _other.Pem + _root.Pem, verifyHostname: true));
        Assert.NotNull(await ProbeAsync(server, _other.Pem, verifyHostname: true));
        Assert.NotNull(await ProbeAsync(server, _other.Pem + Issue("third", null).Pem, verifyHostname: true));
        Assert.NotNull(await ProbeAsync(server, null, verifyHostname: true));
    }

    private static Task<string?> ProbeAsync(PostgresServer server, string? authority, bool verifyHostname) =>
        PostgresProbe.TryAsync(
            new ProbeTarget
            {
                Address = string.Create(
                    CultureInfo.InvariantCulture,
                    $"postgresql://{Host}:{server.Port}/{server.Database}"
                ),
                Username = server.Username,
                Password = server.Password,
                VerifyHostname = verifyHostname,
                Authority = authority is null ? null : Pem.Inline(authority),
            },
            CancellationToken.None
        );

    private static Issued Issue(string name, Issued? issuer, bool isLeaf = false)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(!isLeaf, false, 0, true));
        if (isLeaf)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(System.Net.IPAddress.Parse(Host));
            request.CertificateExtensions.Add(names.Build());
        }

        var until = s_from.AddDays(
            isLeaf ? 10
            : issuer is null ? 30
            : 20
        );
        var certificate = issuer is null
            ? request.CreateSelfSigned(s_from, until)
            : request
                .Create(issuer.Certificate, s_from, until, RandomNumberGenerator.GetBytes(8))
                .CopyWithPrivateKey(key);
        return new Issued(certificate, key.ExportPkcs8PrivateKeyPem());
    }

    private sealed record Issued(X509Certificate2 Certificate, string Key)
    {
        public string Pem => Certificate.ExportCertificatePem() + "\n";
    }
}
