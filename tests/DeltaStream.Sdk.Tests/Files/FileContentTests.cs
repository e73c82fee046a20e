using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Tests.Files;

/// <summary>A file holds what the spec says of it: certificates, or a private key of a form. The labels of its blocks tell. Issue 11, number 5.</summary>
public sealed class FileContentTests
{
    private static readonly Dictionary<string, Func<StoreFile, StoreArgs>> s_properties = new()
    {
        ["kafka.tlsCaCertFile"] = file => Declarations.Kafka with { TlsCaCertFile = file },
        ["kafka.tlsClientCertFile"] = file =>
            Declarations.Kafka with
            {
                TlsClientCertFile = file,
                TlsClientKeyFile = StoreFile.FromText(PemFiles.Pkcs8),
            },
        ["kafka.tlsClientKeyFile"] = file =>
            Declarations.Kafka with
            {
                TlsClientCertFile = StoreFile.FromText(PemFiles.Certificate),
                TlsClientKeyFile = file,
            },
        ["postgres.tlsCaCertFile"] = file => Declarations.Postgres with { TlsCaCertFile = file },
        ["snowflake.clientKey"] = file => Declarations.Snowflake with { ClientKey = file },
    };

    private static readonly Dictionary<string, string> s_files = new()
    {
        ["a certificate"] = PemFiles.Certificate,
        ["a bundle"] = PemFiles.Bundle,
        ["an older label of a certificate"] = PemFiles.Pem("X509 CERTIFICATE", PemFiles.CertificateDer),
        ["a certificate and a CRL"] = PemFiles.Certificate + PemFiles.Pem("X509 CRL", [1, 2, 3]),
        ["a bundle that is cut off"] = PemFiles.Bundle[..^80],
        ["a bundle without its second BEGIN line"] =
            PemFiles.Certificate + PemFiles.Other[PemFiles.Other.IndexOf('\n', StringComparison.Ordinal)..],
        ["a bundle with another END line"] =
            PemFiles.Certificate
            + PemFiles.Other.Replace("END CERTIFICATE", "END PRIVATE KEY", StringComparison.Ordinal),
        ["a bundle with a damaged second certificate"] =
            PemFiles.Certificate + PemFiles.Other.Replace("MII", "M!!", StringComparison.Ordinal),
        ["a certificate with nothing in it"] = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        ["a certificate and a key"] = PemFiles.Certificate + PemFiles.Pkcs8,
        ["a request"] = PemFiles.Request,
        ["a public key"] = PemFiles.PublicKey,
        ["PKCS #8"] = PemFiles.Pkcs8,
        ["PKCS #8 of an elliptic curve"] = PemFiles.EcPkcs8,
        ["PKCS #8, encrypted"] = PemFiles.Encrypted,
        ["PKCS #1"] = PemFiles.Pkcs1,
        ["SEC 1"] = PemFiles.Sec1,
        ["SEC 1 after its parameters"] = PemFiles.Pem("EC PARAMETERS", [6, 1, 2]) + PemFiles.Sec1,
        ["two keys"] = PemFiles.Pkcs8 + PemFiles.EcPkcs8,
        ["OpenSSH"] = PemFiles.Pem("OPENSSH PRIVATE KEY", [1, 2, 3]),
        ["PKCS #1, encrypted the old way"] = PemFiles.Pkcs1.Replace(
            "KEY-----\nMII",
            "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMII",
            StringComparison.Ordinal
        ),
        ["a label that could be a secret"] = PemFiles.Pem("HUNTER2", [1, 2, 3]),
    };

    public static TheoryData<string, string> Right() =>
        new()
        {
            { "kafka.tlsCaCertFile", "a certificate" },
            { "kafka.tlsCaCertFile", "a bundle" },
            { "kafka.tlsCaCertFile", "an older label of a certificate" },
            { "kafka.tlsCaCertFile", "a certificate and a CRL" },
            { "kafka.tlsClientCertFile", "a certificate" },
            { "kafka.tlsClientCertFile", "a bundle" },
            { "kafka.tlsClientKeyFile", "PKCS #8" },
            { "kafka.tlsClientKeyFile", "PKCS #8 of an elliptic curve" },
            { "kafka.tlsClientKeyFile", "PKCS #1" },
            { "kafka.tlsClientKeyFile", "SEC 1" },
            { "kafka.tlsClientKeyFile", "SEC 1 after its parameters" },
            { "kafka.tlsClientKeyFile", "a certificate and a key" },
            { "postgres.tlsCaCertFile", "a bundle" },
            { "snowflake.clientKey", "PKCS #8" },
            { "snowflake.clientKey", "PKCS #8, encrypted" },
        };

    public static TheoryData<string, string, string> Wrong()
    {
        const string Certificates =
            "give it one certificate or more, each from '-----BEGIN CERTIFICATE-----' to '-----END CERTIFICATE-----'";
        const string Key = "give it a private key, from '-----BEGIN PRIVATE KEY-----' to '-----END PRIVATE KEY-----'";
        const string Pkcs8 =
            "give it a private key in PKCS #8, from '-----BEGIN PRIVATE KEY-----' to '-----END PRIVATE KEY-----'";
        const string NoKey = "holds a private key, which must not be where certificates are: " + Certificates;
        return new()
        {
            { "kafka.tlsCaCertFile", "PKCS #8", NoKey + ", and nothing else" },
            { "kafka.tlsCaCertFile", "a certificate and a key", NoKey + ", and nothing else" },
            {
                "kafka.tlsCaCertFile",
                "a bundle that is cut off",
                "is cut off: PEM block 2 has no line '-----END CERTIFICATE-----': give it the whole file, to its last line"
            },
            {
                "kafka.tlsCaCertFile",
                "a bundle without its second BEGIN line",
                "lacks the line '-----BEGIN CERTIFICATE-----' of PEM block 2: give it the whole file, from its first line"
            },
            {
                "kafka.tlsCaCertFile",
                "a bundle with another END line",
                "has a wrong last line of PEM block 2: after '-----BEGIN CERTIFICATE-----' it must be '-----END CERTIFICATE-----', and nothing else"
            },
            {
                "kafka.tlsCaCertFile",
                "a bundle with a damaged second certificate",
                "is damaged: what PEM block 2 holds between its first and its last line is no base64: give it the file as it was made"
            },
            {
                "kafka.tlsCaCertFile",
                "a certificate with nothing in it",
                "has a PEM block with nothing in it: " + Certificates
            },
            { "kafka.tlsCaCertFile", "a request", "holds CERTIFICATE REQUEST and no certificate: " + Certificates },
            { "kafka.tlsCaCertFile", "a public key", "holds PUBLIC KEY and no certificate: " + Certificates },
            {
                "kafka.tlsCaCertFile",
                "a label that could be a secret",
                "holds another kind of PEM and no certificate: " + Certificates
            },
            { "kafka.tlsClientCertFile", "PKCS #1", NoKey + ", and nothing else" },
            { "kafka.tlsClientKeyFile", "a certificate", "holds a certificate and no private key: " + Key },
            { "kafka.tlsClientKeyFile", "two keys", "holds 2 private keys: " + Key },
            { "kafka.tlsClientKeyFile", "a public key", "holds PUBLIC KEY and no private key: " + Key },
            {
                "kafka.tlsClientKeyFile",
                "PKCS #8, encrypted",
                "holds a private key that is encrypted, and stores of this kind take no passphrase for it: decrypt it, such as by 'openssl pkey -in FILE -out FILE.pem'"
            },
            {
                "kafka.tlsClientKeyFile",
                "PKCS #1, encrypted the old way",
                "holds a private key that is encrypted in OpenSSL's old form: convert it, such as by 'openssl pkey -in FILE -out FILE.pem'"
            },
            {
                "kafka.tlsClientKeyFile",
                "OpenSSH",
                "holds a private key in OpenSSH's own form: convert a copy of it, such as by 'ssh-keygen -p -m PKCS8 -N \"\" -f FILE'"
            },
            { "postgres.tlsCaCertFile", "PKCS #8, encrypted", NoKey + ", and nothing else" },
            { "snowflake.clientKey", "a certificate", "holds a certificate and no private key: " + Pkcs8 },
            {
                "snowflake.clientKey",
                "PKCS #1",
                "holds a private key that is not in PKCS #8 but is marked 'RSA PRIVATE KEY': convert it, such as by 'openssl pkcs8 -topk8 -nocrypt -in FILE -out FILE.p8'"
            },
            {
                "snowflake.clientKey",
                "SEC 1",
                "holds a private key that is not in PKCS #8 but is marked 'EC PRIVATE KEY': convert it, such as by 'openssl pkcs8 -topk8 -nocrypt -in FILE -out FILE.p8'"
            },
        };
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void What_the_spec_asks_for_is_taken(string property, string file) =>
        Assert.Empty(s_properties[property](StoreFile.FromText(s_files[file])).Validate());

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Another_content_is_refused_with_what_is_found_and_what_is_wanted(
        string property,
        string file,
        string message
    )
    {
        var failure = Assert.Single(s_properties[property](StoreFile.FromText(s_files[file])).Validate());

        Assert.Equal((property, StoreValidationCodes.InvalidFile), (failure.Property, failure.Code));
        Assert.Equal($"{property} {message}", failure.Message);
    }

    [Fact]
    public void A_swapped_certificate_and_key_are_both_refused() =>
        Assert.Equal(
            ["kafka.tlsClientCertFile", "kafka.tlsClientKeyFile"],
            (
                Declarations.Kafka with
                {
                    TlsClientCertFile = StoreFile.FromText(PemFiles.Pkcs8),
                    TlsClientKeyFile = StoreFile.FromText(PemFiles.Certificate),
                }
            )
                .Validate()
                .Select(f => f.Property)
        );

    [Fact]
    public void An_older_label_is_sent_as_the_one_that_is_read_today()
    {
        var file = StoreFile.FromText(s_files["an older label of a certificate"]);
        var statement = StoreStatement.Create(
            Declarations.Kafka with
            {
                TlsCaCertFile = file,
            },
            StoreFileTransport.Attachment
        );

        Assert.Equal(StoreFile.FromText(PemFiles.Certificate), Assert.Single(statement.Attachments).File);
    }
}
