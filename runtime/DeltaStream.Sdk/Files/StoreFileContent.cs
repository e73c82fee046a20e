using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>What a file must hold, as a spec says it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StoreFileContent
{
    /// <summary>Anything but nothing.</summary>
    Any,

    /// <summary>PEM of any kind.</summary>
    Pem,

    /// <summary>One certificate, as PEM.</summary>
    Certificate,

    /// <summary>One certificate or several, as PEM: a chain, or a bundle of authorities.</summary>
    Certificates,

    /// <summary>A private key that is not encrypted, as PEM: PKCS #8, PKCS #1 or SEC 1.</summary>
    PrivateKey,

    /// <summary>A private key in PKCS #8, encrypted or not, as PEM.</summary>
    Pkcs8,
}
