using DeltaStream.Clients.Tests.Net;
using DeltaStream.Clients.Tests.Programs;
using DeltaStream.Testing;

namespace DeltaStream.Clients.Tests;

/// <summary>The table of all clients and steps. It is written after each client, and the build prints it after the run.</summary>
internal static class ClientTable
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "client-table.txt");
    private static readonly Dictionary<(string Client, Step), string> s_cells = [];
    private static readonly Lock s_gate = new();

    public static void Record(string client, IEnumerable<(Step Step, bool IsRight)> steps)
    {
        lock (s_gate)
        {
            foreach (var (step, isRight) in steps)
            {
                s_cells[(client, step)] = isRight ? "ok" : "FAILED";
            }

            File.WriteAllText(s_file, Text());
        }
    }

    private static string Text()
    {
        var programs = ClientProgram.All.Select(p => Row(p.Name, p.IsInstalled ? "missing" : "not installed"));
        var libraries = NetTests.Clients.Select(name => Row(name, "missing"));
        string[] head = ["client", .. Enum.GetNames<Step>().Select(n => n.ToLowerInvariant())];
        return TextTable.Of("Clients of the emulator: each step ended as it must", [head, .. programs, .. libraries]);
    }

    private static string[] Row(string client, string otherwise) =>
        [client, .. Enum.GetValues<Step>().Select(s => s_cells.GetValueOrDefault((client, s), otherwise))];
}
