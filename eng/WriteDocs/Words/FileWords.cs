namespace DeltaStream.WriteDocs.Words;

/// <summary>Says what a file must hold.</summary>
internal static class FileWords
{
    public static string Of(string content) =>
        content switch
        {
            "pem" => "PEM",
            "certificate" => "one certificate, PEM",
            "certificates" => "one certificate or more, PEM",
            "privateKey" => "a private key, not encrypted, PEM",
            "pkcs8" => "a private key in PKCS #8, encrypted or not, PEM",
            _ => "any, not empty",
        };
}
