using System.Security.Cryptography;

namespace DeltaStream.Benchmarks.Start;

/// <summary>The programs that are measured from their start.</summary>
internal static class Programs
{
    /// <summary>The smallest program that uses the SDK.</summary>
    public static BuiltProgram Minimal { get; } = new("DELTASTREAM_MINIMAL", "DeltaStream.Minimal.dll");

    /// <summary>The command <c>deltastream-stores</c>.</summary>
    public static BuiltProgram Command { get; } =
        new("DELTASTREAM_COMMAND", Path.Combine("stores-tool", "deltastream-stores.dll"));

    /// <summary>The Pulumi plugin.</summary>
    public static BuiltProgram Plugin { get; } = new("DELTASTREAM_PLUGIN", "pulumi-resource-deltastream.dll");

    /// <summary>Ten declarations for the command, one of each subtype.</summary>
    public static string Declarations { get; } = Path.Combine(AppContext.BaseDirectory, "declarations");

    /// <summary>The variables that the declarations point to, with invented values.</summary>
    public static IReadOnlyDictionary<string, string> DeclaredVariables()
    {
        using var key = RSA.Create(2048);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STORE_USER"] = "ingest",
            ["STORE_SECRET"] = "invented",
            ["STORE_KEY"] = key.ExportPkcs8PrivateKeyPem(),
        };
    }
}
