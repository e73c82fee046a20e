using DeltaStream.Clients.Tests.Net;
using DeltaStream.Clients.Tests.Programs;
using DeltaStream.TestSupport;

namespace DeltaStream.Clients.Tests;

/// <summary>The table of all clients and steps.</summary>
internal static class ClientTable
{
    private static readonly TableFile s_file = new(
        "client-table.txt",
        "Clients of the emulator: each step ended as it must",
        ["client", .. Enum.GetValues<Step>().Select(Head)],
        [.. ClientProgram.All.Select(p => p.Name).Concat(NetTests.Clients).Select(name => (string[])[name])]
    )
    {
        Unfilled = row => ClientProgram.All.Any(p => p.Name == row[0] && !p.IsInstalled) ? "not installed" : "missing",
    };

    public static void Fill(string client, IEnumerable<(Step Step, string Text)> steps) =>
        s_file.Fill([client], steps.Select(s => (Head(s.Step), s.Text)));

    private static string Head(Step step) => step.ToString().ToLowerInvariant();
}
