using DeltaStream.Emulator;

namespace DeltaStream.WritePictures;

/// <summary>A run of <c>deltastream-stores</c>: a store is changed and two are added, then planned and applied, twice.</summary>
internal static class StoresRun
{
    private const string Orders = """
        { "name": "orders", "kafka": { "uris": "b-1.example.com:9092", "saslHashFunction": "NONE" } }
        """;

    private const string Others = """
        billing:
          postgres: { uris: db.example.com/billing, username: deltastream, password: { env: BILLING_PASSWORD } }
        archive:
          s3:
            uris: https://my-bucket.s3.us-west-2.amazonaws.com/
            iamRoleArn: arn:aws:iam::123456789012:role/deltastream
            iamExternalId: deltastream
        """;

    private static readonly string[] s_shown =
    [
        "deltastream-stores plan",
        "deltastream-stores apply --yes",
        "deltastream-stores apply",
    ];

    public static async Task<Screen> RunAsync()
    {
        var emulator = await DeltaStreamEmulator
            .StartAsync(new() { ProvisionDelay = TimeSpan.FromSeconds(1) })
            .ConfigureAwait(false);
        await using var stopped = emulator.ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("deltastream-picture-").FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DELTASTREAM_SERVER"] = emulator.ServerUri.ToString(),
            ["DELTASTREAM_API_KEY"] = emulator.Token!,
            ["BILLING_PASSWORD"] = "invented",
        };
        try
        {
            var orders = Path.Combine(folder, "orders.json");
            await File.WriteAllTextAsync(orders, Orders).ConfigureAwait(false);
            await ShellAsync("deltastream-stores apply --yes").ConfigureAwait(false);
            await File.WriteAllTextAsync(
                    orders,
                    Orders.Replace("9092", "9092,b-2.example.com:9092", StringComparison.Ordinal)
                )
                .ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(folder, "others.yaml"), Others).ConfigureAwait(false);
            return await ShellAsync(string.Join("; echo; ", s_shown.Select(c => $"echo '$ {c}'; {c}")))
                .ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<Screen> ShellAsync(string commands) =>
            Screen.AfterRunAsync(
                [
                    "bash",
                    "-ec",
                    $"deltastream-stores() {{ {Screen.Quoted(Recording.Program("deltastream-stores.dll"))} \"$@\"; }}; {commands}",
                ],
                folder,
                environment
            );
    }
}
