using DeltaStream.Emulator;

namespace DeltaStream.WritePictures;

/// <summary>A run of <c>deltastream-stores</c>: a store is changed and two are added, then planned and applied, twice.</summary>
internal static class StoresRun
{
    private const string First = "orders.json";
    private const string Others = "others.yaml";

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
            Declare(First);
            await ShellAsync("deltastream-stores apply --yes").ConfigureAwait(false);
            var orders = Path.Combine(folder, First);
            var changed = File.ReadAllText(orders)
                .Replace("9092", "9092,b-2.example.com:9092", StringComparison.Ordinal);
            File.WriteAllText(orders, changed);
            Declare(Others);
            return await ShellAsync(string.Join("; echo; ", s_shown.Select(c => $"echo '$ {c}'; {c}")))
                .ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Declare(string file) =>
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Stores", file), Path.Combine(folder, file));

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
