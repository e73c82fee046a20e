using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>One cell of the matrix: a fault that hits an operation, and the facts about it.</summary>
internal sealed record FaultCell(string Operation, string Name)
{
    /// <summary>The store, which no other cell of the row uses.</summary>
    public string Store { get; init; } = "";

    public required FaultKind Kind { get; init; }

    /// <summary>Whether the service executes the statement: at once, or when it is sent again.</summary>
    public required bool Executed { get; init; }

    /// <summary>What of the response reaches the client.</summary>
    public Reply Reply { get; init; } = Reply.Open;

    /// <summary>What becomes of a read that meets the fault.</summary>
    public ReadEnd ReadEnd { get; init; } = ReadEnd.Fails;

    /// <summary>What the catalog tells after the statement.</summary>
    public CatalogFact Catalog { get; init; } = CatalogFact.Tells;

    /// <summary>Makes the fault happen to the statement of the cell.</summary>
    public required Action<FaultScene> Arm { get; init; }

    /// <summary>Whether the fault is on the way over the PostgreSQL protocol, and not in what the emulator says.</summary>
    public bool IsOnTheWire => Kind is FaultKind.Fatal or FaultKind.Transport or FaultKind.Cancelled;

    public bool IsRead => FaultCells.IsRead(Operation);

    public FaultColumn Column =>
        (Kind, Executed) switch
        {
            (FaultKind.ClosedList, _) => FaultColumn.ClosedList,
            (FaultKind.OtherState, false) => FaultColumn.OtherState,
            (FaultKind.OtherState, true) => FaultColumn.OtherStateExecuted,
            (FaultKind.Fatal, false) => FaultColumn.Fatal,
            (FaultKind.Fatal, true) => FaultColumn.FatalExecuted,
            (FaultKind.Transport, false) => FaultColumn.Transport,
            (FaultKind.Transport, true) => FaultColumn.TransportExecuted,
            (FaultKind.Cancelled, _) => FaultColumn.Cancelled,
            _ => FaultColumn.Catalog,
        };

    /// <summary>The one thing that the client may say: what became of the statement, or null for success.</summary>
    /// <remarks>
    /// A refusal is known, and so is a success. What is open the catalog decides: it proves what a CREATE and a DROP did, and
    /// nothing about an UPDATE. A store that is not there, or is still there, proves nothing: the statement may yet arrive.
    /// </remarks>
    public StatementFate? Right =>
        this switch
        {
            { IsRead: true, ReadEnd: ReadEnd.Passes } => null,
            { IsRead: true, ReadEnd: ReadEnd.Repeatable, Operation: "wait" } => null,
            { IsRead: true } => StatementFate.NotSent,
            { Reply: Reply.NotAsked } => StatementFate.NotSent,
            { Reply: Reply.Refusal } => StatementFate.Refused,
            { Reply: Reply.Success, Catalog: CatalogFact.Silent } => StatementFate.Executed,
            { Reply: Reply.Success } => null,
            { Executed: false } or { Operation: "update" } or { Catalog: CatalogFact.Silent } => StatementFate.Unknown,
            { Operation: "create" or "apply", Catalog: CatalogFact.HidesAddresses } => StatementFate.Unknown,
            _ => null,
        };

    public override string ToString() =>
        $"{Operation}, {Name}, {(Executed ? "executed" : "not executed")}, catalog {Catalog}";
}

/// <summary>The columns of the matrix.</summary>
internal enum FaultColumn
{
    ClosedList,
    OtherState,
    OtherStateExecuted,
    Fatal,
    FatalExecuted,
    Transport,
    TransportExecuted,
    Catalog,
    Cancelled,
}

internal enum FaultKind
{
    /// <summary>An SQLSTATE that proves a refusal, with the severity ERROR.</summary>
    ClosedList,

    /// <summary>Any other SQLSTATE with the severity ERROR.</summary>
    OtherState,

    /// <summary>Any SQLSTATE with the severity FATAL, which only the PostgreSQL protocol has.</summary>
    Fatal,

    /// <summary>Anything but an SQLSTATE.</summary>
    Transport,

    /// <summary>The reads of the catalog before or after the statement fail.</summary>
    Catalog,

    /// <summary>The caller cancels.</summary>
    Cancelled,
}

/// <summary>What of the response to a change reaches the client.</summary>
internal enum Reply
{
    /// <summary>Nothing that proves what became of the statement.</summary>
    Open,

    /// <summary>The service did not act on the statement, and says so.</summary>
    Refusal,

    /// <summary>The statement was executed, and the service says so.</summary>
    Success,

    /// <summary>The statement never leaves, because the client can't read the catalog first.</summary>
    NotAsked,
}

internal enum ReadEnd
{
    /// <summary>The read fails for good.</summary>
    Fails,

    /// <summary>The read fails, and may succeed later: a wait polls on.</summary>
    Repeatable,

    /// <summary>The read is sent again at once, and succeeds.</summary>
    Passes,
}

internal enum CatalogFact
{
    Tells,

    /// <summary>No read after the statement succeeds.</summary>
    Silent,

    /// <summary>The store is shown without its addresses.</summary>
    HidesAddresses,
}
