namespace DeltaStream.Emulator.Tests;

/// <summary>Texts with PEM armour; what they hold is nobody's key.</summary>
internal static class Pem
{
    public const string Certificate =
        "-----BEGIN CERTIFICATE-----\nTm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";

    public const string Key = "-----BEGIN PRIVATE KEY-----\nTm90IGEga2V5\n-----END PRIVATE KEY-----\n";

    public const string OtherKey = "-----BEGIN PRIVATE KEY-----\nTm90IGEga2V5IGVpdGhlcg==\n-----END PRIVATE KEY-----\n";

    /// <summary>As the PostgreSQL protocol carries a file.</summary>
    public static string Inline(string pem) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem));
}
