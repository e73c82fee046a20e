using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Rest;

/// <summary>
/// What a request's statements returned, kept for polls and for the partitions after the first. Not a record: no
/// ToString shows it.
/// </summary>
internal sealed class StatementResponse
{
    /// <summary>The ids of the statements that were begun, the last one being the response's.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string SqlState { get; init; }

    public string? Message { get; init; }

    /// <summary>The context to go on with, null after a refusal.</summary>
    public RequestContext? Context { get; init; }

    public IReadOnlyList<ResultColumn> Columns { get; init; } = [];

    public IReadOnlyList<ResultPartition> Partitions { get; init; } = [];

    public Guid Id => Ids[^1];
}

/// <summary>Some rows of a result, as the JSON array that they are sent as.</summary>
internal sealed class ResultPartition(int rows, JsonText json)
{
    public int Rows => rows;

    public JsonText Json => json;
}
