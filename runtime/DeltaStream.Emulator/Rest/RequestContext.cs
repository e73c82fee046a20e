using DeltaStream.Emulator.Identity;

namespace DeltaStream.Emulator.Rest;

/// <summary>
/// What statements run in, by names. The server keeps none: it comes with each request, USE STORE and USE ROLE change
/// it, and the response tells the client to go on with it (wire fact 5.3).
/// </summary>
internal sealed record RequestContext(
    string? Organization,
    string? Role,
    string? Database,
    string? Schema,
    string? Store,
    string? ComputePool
);
