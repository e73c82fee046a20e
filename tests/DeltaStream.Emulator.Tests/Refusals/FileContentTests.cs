namespace DeltaStream.Emulator.Tests.Refusals;

/// <summary>A file holds what the spec says of it: certificates, or a private key of a form. Issue 11, number 5.</summary>
public sealed class FileContentTests
{
    private const string None = "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = NONE";
    private const string Ca = "tls.ca_cert_file";
    private const string Key = "snowflake.client.key_file";
    private const string Snowflake =
        "'type' = SNOWFLAKE, 'uris' = 'https://a', 'snowflake.account_id' = 'a', 'snowflake.cloud.region' = 'r', 'snowflake.role_name' = 'r', 'snowflake.username' = 'u', 'snowflake.warehouse_name' = 'w'";

    public static TheoryData<string, string, string> Wrong() =>
        new()
        {
            { Ca, Pem.Key, "holds a private key where certificates belong" },
            { Ca, Pem.Certificate + Pem.Key, "holds a private key where certificates belong" },
            { Ca, Pem.Certificate + Pem.Certificate[..40], "is not a PEM file: a block is cut off" },
            { Ca, Of("PUBLIC KEY"), "holds no certificate" },
            {
                Ca,
                Pem.Certificate.Replace("Tm90", "T!90", StringComparison.Ordinal),
                "is not a PEM file: a block holds no base64"
            },
            {
                Ca,
                Pem.Certificate.Replace("END C", "END X", StringComparison.Ordinal),
                "is not a PEM file: a block is cut off"
            },
            { Ca, "-----END CERTIFICATE-----\n" + Pem.Certificate, "is not a PEM file: a block has no beginning" },
            { Ca, Pem.Certificate + "-----END CERTIFICATE-----\n", "is not a PEM file: a block has no beginning" },
            { Ca, Pem.Certificate + "-----BEGIN X-----\n-----END X-----\n", "has a PEM block with nothing in it" },
            { Ca, Pem.Certificate.TrimEnd() + "xy", "is not a PEM file: more stands on a block's last line" },
            { Key, Of("FOO PRIVATE KEY"), "must hold one private key, and holds 0" },
            { Key, Pem.Certificate, "must hold one private key, and holds 0" },
            { Key, Pem.Key + Pem.OtherKey, "must hold one private key, and holds 2" },
            { Key, Of("RSA PRIVATE KEY"), "holds a private key that is not in PKCS #8" },
            { Key, Of("OPENSSH PRIVATE KEY"), "holds a private key that is not in PKCS #8" },
        };

    public static TheoryData<string, string> Right() =>
        new()
        {
            { Ca, Pem.Certificate },
            { Ca, Pem.Certificate + Pem.Certificate },
            { Ca, "subject=CN = ca\n" + Pem.Certificate.ReplaceLineEndings("\r\n").TrimEnd() },
            { Ca, "\ufeff" + Pem.Certificate },
            { Ca, Of("X509 CERTIFICATE") + Of("X.509 CERTIFICATE") },
            { Ca, Pem.Certificate + Of("FOO PRIVATE KEY") },
            { Key, Pem.Key },
            { Key, Of("ENCRYPTED PRIVATE KEY") },
            { Key, Pem.Certificate + Pem.Key },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Another_content_is_refused(string key, string content, string message)
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        var refusal = await emulator.RefusalAsync(Create(key, content));

        Assert.Equal(("3D008", $"'{key}' {message}"), (refusal.SqlState, refusal.MessageText));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task What_the_spec_asks_for_is_taken(string key, string content)
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        await emulator.RunAsync(Create(key, content));

        Assert.Equal("ready", (await emulator.StateAsync("x")).Status);
    }

    [Fact]
    public async Task A_client_key_is_not_encrypted_and_may_have_each_plain_form()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        foreach (
            var (label, n) in new[] { "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" }.Select((l, i) => (l, i))
        )
        {
            await emulator.RunAsync(Client($"s{n}", Of(label)));
        }

        var refusal = await emulator.RefusalAsync(Client("x", Of("ENCRYPTED PRIVATE KEY")));

        Assert.Equal("'tls.client.key_file' holds a private key that is encrypted", refusal.MessageText);
    }

    private static string Client(string name, string key) =>
        $"CREATE STORE {name} WITH ({None}, 'tls.client.cert_file' = '{Pem.Inline(Pem.Certificate)}', 'tls.client.key_file' = '{Pem.Inline(key)}')";

    private static string Create(string key, string content) =>
        $"CREATE STORE x WITH ({(key == Ca ? None : Snowflake)}, '{key}' = '{Pem.Inline(content)}')";

    private static string Of(string label) => $"-----BEGIN {label}-----\nTm90IGEga2V5\n-----END {label}-----\n";
}
