using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>Where a fault of one cell happens: the emulator, the wire, the HTTP client. It hits the cell's own statements only.</summary>
internal sealed class FaultScene(FaultCell cell, DeltaStreamEmulator emulator, Relay relay, HttpFault http)
{
    private const string Select =
        "SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM deltastream.sys.\"stores\"";

    /// <summary>How the statement of the operation begins.</summary>
    public string Statement =>
        cell.Operation switch
        {
            "create" => $"CREATE STORE \"{cell.Store}\"",
            "update" => $"UPDATE STORE \"{cell.Store}\"",
            "delete" => $"DROP STORE \"{cell.Store}\"",
            "list" => $"{Select} ORDER BY name",
            _ => Read,
        };

    /// <summary>The statement that reads the cell's store.</summary>
    public string Read => $"{Select} WHERE name = '{cell.Store}'";

    /// <summary>The statement that reads the addresses of the cell's store.</summary>
    public string Describe => $"DESCRIBE STORE \"{cell.Store}\"";

    /// <summary>The faults of the HTTP client.</summary>
    public HttpFault Http => http;

    /// <summary>How often the emulator's faults of this cell are to hit; one that hits always counts nothing.</summary>
    public int Emulated { get; private set; }

    public void Emulate(EmulatorFault fault)
    {
        Emulated += fault.Times ?? 0;
        emulator.Faults.Add(fault with { Statement = fault.Statement ?? Statement });
    }

    public void Break(Func<string, Break> end) => relay.Arm(end(Statement));
}
