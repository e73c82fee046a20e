using Microsoft.AspNetCore.Http;

namespace DeltaStream.Emulator.Rest;

/// <summary>A request that gets an HTTP error. The message never repeats a part of the request.</summary>
internal sealed class RestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static RestException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static RestException TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, message);

    public static RestException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
