using System.Text.Json;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>Where a service puts a text that it repeats.</summary>
public enum Carrier
{
    /// <summary>Nowhere: the statement succeeds, or a SELECT has no row.</summary>
    None,

    /// <summary>The message of a failed statement, and every other field of its error but the SQLSTATE.</summary>
    Error,

    /// <summary>The message and the SQLSTATE.</summary>
    SqlState,

    /// <summary>The body of an HTTP error, its reason phrase and a header of its own.</summary>
    HttpError,

    /// <summary>A response of another media type, which has the text too.</summary>
    MediaType,

    /// <summary>The ID of a statement that goes on.</summary>
    StatementId,

    /// <summary>The exception of a handler of the HTTP client.</summary>
    Handler,

    /// <summary>The address of the dataplane that has the rows.</summary>
    Dataplane,

    /// <summary>An error that ends the connection.</summary>
    Fatal,

    /// <summary>A notice, and then the error.</summary>
    Notice,

    /// <summary>The status message, the owner and the addresses of an errored store.</summary>
    ErroredRow,

    /// <summary>The status message and the owner of a ready store.</summary>
    ReadyRow,

    /// <summary>The status, the status message and the owner of a store.</summary>
    StatusRow,

    /// <summary>The type, the status message and the owner of a store.</summary>
    TypeRow,

    /// <summary>All that DESCRIBE STORE shows of a store.</summary>
    DescribedRow,
}

/// <summary>What a service that repeats what it was told says to a statement.</summary>
/// <param name="Carrier">Where it says it.</param>
/// <param name="Text">What it says.</param>
/// <param name="Type">The type of the store in a row.</param>
internal sealed record Echo(Carrier Carrier, string Text = "", string Type = "Kafka")
{
    // What the specs read of the details.
    private static readonly string[] s_details =
    [
        .. StoreSubtypes
            .All.SelectMany(s => s.Properties)
            .Select(p => p.Described?.Split("details."))
            .Where(parts => parts is ["", _])
            .Select(parts => parts![1])
            .Distinct(),
    ];

    public static Echo None { get; } = new(Carrier.None);

    /// <summary>Whether it is a row.</summary>
    public bool IsRow => Carrier >= Carrier.ErroredRow;

    /// <summary>The columns that are texts, with the values of the row: of the catalog, or of DESCRIBE STORE.</summary>
    public (string Name, string Value)[] Columns =>
        Carrier == Carrier.DescribedRow
            ?
            [
                ("metadata", Text),
                ("uri", Text),
                ("details", JsonSerializer.Serialize(s_details.ToDictionary(name => name, _ => Text))),
                ("tls_enabled", Text),
                ("verify_server_hostname", Text),
                ("schema_registry_name", Text),
            ]
            :
            [
                ("name", Subtypes.Name),
                ("type", Carrier == Carrier.TypeRow ? Text : Type),
                (
                    "status",
                    Carrier switch
                    {
                        Carrier.StatusRow => Text,
                        Carrier.ReadyRow => "ready",
                        _ => "errored",
                    }
                ),
                ("status_message", Text),
                ("owner", Text),
                ("uri", Text),
            ];
}

/// <summary>What a service says to the statements of one operation.</summary>
/// <param name="before">To a statement that reads, before the change.</param>
/// <param name="change">To the statement that changes something.</param>
/// <param name="after">To a statement that reads, after the change.</param>
/// <param name="described">To a DESCRIBE; null for what it says to every statement that reads.</param>
internal sealed class Script(Echo before, Echo change, Echo after, Echo? described = null)
{
    private bool _isChanged;

    public Echo Change => change;

    public Echo After => after;

    /// <param name="word">The first word of the statement; empty for a poll or a probe.</param>
    public Echo Says(string word)
    {
        switch (word)
        {
            case "":
                return change.Carrier is Carrier.StatementId or Carrier.Dataplane
                    ? change with
                    {
                        Carrier = Carrier.HttpError,
                    }
                    : Echo.None;
            case "DESCRIBE" when described is not null:
                return described;
            case "SELECT" or "DESCRIBE":
                return _isChanged ? after : before;
            default:
                _isChanged = true;
                return change;
        }
    }
}
