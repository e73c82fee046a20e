using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DeltaStream.Emulator.Hosting;

/// <summary>The certificate that both protocols show, from PEM files.</summary>
internal static class ServerCertificate
{
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">A file holds something else, or the two don't belong together.</exception>
    public static SslStreamCertificateContext Read(string certificateFile, string keyFile)
    {
        var chain = new X509Certificate2Collection();
        var what = $"The TLS certificate '{certificateFile}'";
        Try(what, "is not a certificate as PEM", () => chain.ImportFromPem(Text(what, certificateFile)));
        if (chain.Count == 0)
        {
            throw new InvalidDataException($"{what} is not a certificate as PEM: it has no BEGIN CERTIFICATE.");
        }

        var key = Text($"The TLS key '{keyFile}'", keyFile);
        X509Certificate2? certificate = null;
        Try(
            $"The TLS key '{keyFile}'",
            $"is not the private key of '{certificateFile}' as PEM, without a passphrase",
            () => certificate = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key)
        );
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(certificate!, chain, offline: true);
    }

    /// <summary>How a listener of HTTP, or of another protocol, shows the certificate.</summary>
    public static TlsHandshakeCallbackOptions Options(
        SslStreamCertificateContext certificate,
        SslApplicationProtocol protocol
    ) =>
        new()
        {
            OnConnection = _ =>
                ValueTask.FromResult(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate,
                        ApplicationProtocols = [protocol],
                    }
                ),
        };

    private static string Text(string what, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{what} can't be read: {e.Message}", e);
        }
    }

    private static void Try(string what, string isNot, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{what} {isNot}: {e.Message.Split(" (Parameter ")[0]}", e);
        }
    }
}
