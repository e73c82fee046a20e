using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>Where a fault of one cell happens: the emulator, the wire, the HTTP client. It hits the cell's own statements only.</summary>
internal sealed class FaultScene(FaultCell cell, DeltaStreamEmulator emulator, Relay relay, HttpFault http)
    : IProgress<StoreReadiness>,
        IProgress<StoreApplyEvent>,
        IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private bool _cancelsAtPoll;

    private const string Select =
        "SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM deltastream.sys.\"stores\"";

    /// <summary>How the statement of the operation begins.</summary>
    public string Statement =>
        cell.Operation switch
        {
            "create" or "apply" => $"CREATE STORE \"{cell.Store}\"",
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

    /// <summary>The caller's token.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>Cancels the operation.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Cancels the operation when the first poll of its wait is over.</summary>
    public void CancelAtPoll() => _cancelsAtPoll = true;

    public void Report(StoreReadiness value)
    {
        if (_cancelsAtPoll)
        {
            Cancel();
        }
    }

    public void Report(StoreApplyEvent value)
    {
        if (value.Readiness is { } poll)
        {
            Report(poll);
        }
    }

    public void Dispose() => _cancel.Dispose();

    public void Emulate(EmulatorFault fault)
    {
        Emulated += fault.Times ?? 0;
        emulator.Faults.Add(fault with { Statement = fault.Statement ?? Statement });
    }

    public void Break(Func<string, Break> end) => relay.Arm(end(Statement));
}
