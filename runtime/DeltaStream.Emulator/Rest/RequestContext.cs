namespace DeltaStream.Emulator.Rest;

/// <summary>
/// The context that an answer tells the client to go on with (facts 5.3). The server keeps none: it comes with each request,
/// and USE STORE and USE ROLE change what goes back.
/// </summary>
internal sealed class RequestContext(StatementRequest request, string role)
{
    public string Organization { get; } =
        request.Organization is { Length: > 0 } name ? name : EmulatorIdentity.Organization;

    public string Role { get; set; } = role;

    public string? Database { get; } = request.Database;

    public string? Schema { get; } = request.Schema;

    public string? Store { get; set; } = request.Store;

    public string? ComputePool { get; } = request.ComputePool;
}
