using System.Globalization;

namespace DeltaStream.Sdk.Files;

/// <summary>Decides whether a file holds the PEM that a spec asks for, and says what is wrong and what to do.</summary>
/// <remarks>
/// No message shows what a file holds, but for a label that is one of the usual ones. The analyzer compiles this file too, so
/// that it agrees with the validator.
/// </remarks>
internal static class PemCheck
{
    public const string Certificate = "CERTIFICATE";
    public const string PrivateKey = "PRIVATE KEY";
    private const string EncryptedPrivateKey = "ENCRYPTED PRIVATE KEY";
    private const string OpenSshPrivateKey = "OPENSSH PRIVATE KEY";

    // RFC 7468, 5.3: older tools write the second and the third, and mean the first.
    private static readonly string[] s_certificates = [Certificate, "X509 CERTIFICATE", "X.509 CERTIFICATE"];

    private static readonly string[] s_plainKeys = [PrivateKey, "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"];

    private static readonly string[] s_keys = [.. s_plainKeys, EncryptedPrivateKey, OpenSshPrivateKey];

    private static readonly string[] s_others =
    [
        "PUBLIC KEY",
        "RSA PUBLIC KEY",
        "CERTIFICATE REQUEST",
        "NEW CERTIFICATE REQUEST",
        "TRUSTED CERTIFICATE",
        "X509 CRL",
        "PKCS7",
        "CMS",
    ];

    /// <summary>Whether the label is that of a certificate.</summary>
    public static bool IsCertificate(ReadOnlySpan<byte> label) => IndexIn(s_certificates, label) >= 0;

    /// <summary>What is wrong, to follow the property's path; null when the file is right.</summary>
    public static string? FindFault(ReadOnlySpan<byte> content, StoreFileContent wanted)
    {
        var (blocks, certificates, keys, isEmpty) = (0, 0, 0, false);
        var (key, other) = (string.Empty, string.Empty);
        for (var reader = new PemReader(content); reader.Next(); )
        {
            blocks++;
            if (reader.Fault != PemFault.None)
            {
                return PemCause.Of(content, wanted) ?? Broken(reader, blocks, wanted);
            }

            isEmpty |= reader.IsEmpty;
            if (IsCertificate(reader.Label))
            {
                certificates++;
            }
            else if (IndexIn(s_keys, reader.Label) is var place and >= 0)
            {
                keys++;
                key = s_keys[place];
            }
            else
            {
                other = Known(reader.Label);
            }
        }

        return blocks == 0 ? PemCause.Of(content, wanted) ?? $"is not PEM: it must hold {Wanted(wanted)}"
            : wanted == StoreFileContent.Pem ? null
            : isEmpty ? $"has a PEM block with nothing in it: give it {Wanted(wanted)}"
            : wanted is StoreFileContent.Certificate or StoreFileContent.Certificates
                ? OfCertificates(certificates, keys, other, wanted)
            : OfKey(certificates, keys, key, other, wanted);
    }

    /// <summary>What a file must hold.</summary>
    public static string Wanted(StoreFileContent wanted) =>
        wanted switch
        {
            StoreFileContent.Certificate => $"one certificate, {Lines(Certificate)}",
            StoreFileContent.Certificates => $"one certificate or more, each {Lines(Certificate)}",
            StoreFileContent.PrivateKey => $"a private key, {Lines(PrivateKey)}",
            StoreFileContent.Pkcs8 => $"a private key in PKCS #8, {Lines(PrivateKey)}",
            _ => $"a block {Lines("...")}",
        };

    /// <summary>The label that a file of the kind has by itself.</summary>
    public static string LabelOf(StoreFileContent wanted) =>
        wanted switch
        {
            StoreFileContent.PrivateKey or StoreFileContent.Pkcs8 => PrivateKey,
            _ => Certificate,
        };

    private static string? OfCertificates(int certificates, int keys, string other, StoreFileContent wanted) =>
        keys > 0
            ? $"holds a private key, which must not be where certificates are: give it {Wanted(wanted)}, and nothing else"
        : certificates == 0 ? $"holds {other} and no certificate: give it {Wanted(wanted)}"
        : certificates > 1 && wanted == StoreFileContent.Certificate
            ? $"holds {Number(certificates)} certificates: give it {Wanted(wanted)}"
        : null;

    private static string? OfKey(int certificates, int keys, string key, string other, StoreFileContent wanted)
    {
        if (keys != 1)
        {
            var found =
                keys > 1 ? $"{Number(keys)} private keys"
                : certificates > 0 ? "a certificate and no private key"
                : $"{other} and no private key";
            return $"holds {found}: give it {Wanted(wanted)}";
        }

        if (key == OpenSshPrivateKey)
        {
            return "holds a private key in OpenSSH's own form: convert a copy of it, such as by 'ssh-keygen -p -m PKCS8 -N \"\" -f FILE'";
        }

        return wanted switch
        {
            StoreFileContent.PrivateKey when key == EncryptedPrivateKey =>
                "holds a private key that is encrypted, and stores of this kind take no passphrase for it: decrypt it, such as by 'openssl pkey -in FILE -out FILE.pem'",
            StoreFileContent.Pkcs8 when key is not (PrivateKey or EncryptedPrivateKey) =>
                $"holds a private key that is not in PKCS #8 but is marked '{key}': convert it, such as by 'openssl pkcs8 -topk8 -nocrypt -in FILE -out FILE.p8'",
            _ => null,
        };
    }

    private static string Broken(PemReader block, int number, StoreFileContent wanted)
    {
        var (label, place) = (Known(block.Label, "..."), $"PEM block {Number(number)}");
        return block.Fault switch
        {
            PemFault.NoBegin =>
                $"lacks the line '-----BEGIN {label}-----' of {place}: give it the whole file, from its first line",
            PemFault.NoEnd =>
                $"is cut off: {place} has no line '-----END {label}-----': give it the whole file, to its last line",
            PemFault.OtherEnd =>
                $"has a wrong last line of {place}: after '-----BEGIN {label}-----' it must be '-----END {label}-----', and nothing else",
            PemFault.Headers when IndexIn(s_keys, block.Label) >= 0 =>
                "holds a private key that is encrypted in OpenSSL's old form: convert it, such as by "
                    + (
                        wanted == StoreFileContent.Pkcs8
                            ? "'openssl pkcs8 -topk8 -in FILE -out FILE.p8'"
                            : "'openssl pkey -in FILE -out FILE.pem'"
                    ),
            PemFault.Headers => $"has lines with a colon inside {place}: remove them",
            _ =>
                $"is damaged: what {place} holds between its first and its last line is no base64: give it the file as it was made",
        };
    }

    // A label may hold anything, so only a usual one is shown.
    private static string Known(ReadOnlySpan<byte> label, string unknown = "another kind of PEM")
    {
        foreach (var labels in new[] { s_certificates, s_keys, s_others })
        {
            if (IndexIn(labels, label) is var place and >= 0)
            {
                return labels[place];
            }
        }

        return unknown;
    }

    private static int IndexIn(string[] labels, ReadOnlySpan<byte> label)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (Is(labels[i], label))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Is(string text, ReadOnlySpan<byte> label)
    {
        var isSame = text.Length == label.Length;
        for (var i = 0; isSame && i < text.Length; i++)
        {
            isSame = text[i] == label[i];
        }

        return isSame;
    }

    private static string Lines(string label) => $"from '-----BEGIN {label}-----' to '-----END {label}-----'";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
