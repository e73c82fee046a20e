using System.Diagnostics;
using DeltaStream.TestSupport;

namespace DeltaStream.Clients.Tests.Programs;

/// <summary>A client that is a script in the folder Scripts.</summary>
/// <param name="Name">Its row of the table.</param>
/// <param name="Command">The shell command that runs it.</param>
/// <param name="Test">A shell command that succeeds where the client is installed.</param>
internal sealed record ClientProgram(string Name, string Command, string Test)
{
    private const string Driver = "/usr/share/java/postgresql.jar";

    private readonly Lazy<bool> _isInstalled = new(() =>
        !OperatingSystem.IsWindows()
        && RunAsync(Test, new Dictionary<string, string>()).GetAwaiter().GetResult().ExitCode == 0
    );

    // Debian's Python has Debian's psycopg.
    public static IReadOnlyList<ClientProgram> All { get; } =
    [
        new("psql", "bash psql.sh", "psql --version"),
        new("psycopg 3", "/usr/bin/python3 psycopg3.py", "/usr/bin/python3 -c 'import psycopg'"),
        new("node-postgres", "node pg.mjs", "node -e 'require(\"pg\")'"),
        new("postgres.js", "node postgres.mjs", "node -e 'require(\"postgres\")'"),
        new("JDBC", $"java -cp {Driver} Jdbc.java", $"javac -version && test -e {Driver}"),
    ];

    public bool IsInstalled => _isInstalled.Value;

    /// <summary>Runs the script, and gives its output with its errors after it.</summary>
    public async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment) =>
        (await RunAsync(Command, environment)).Output;

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string command,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", command },
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "DeltaStream.Clients.Tests", "Scripts"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}\n{await errors}");
    }
}
