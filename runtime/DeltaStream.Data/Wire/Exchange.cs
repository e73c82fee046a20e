using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Wire;

/// <summary>One request to be made, as often as it takes.</summary>
internal sealed class Exchange
{
    public required Uri Address { get; init; }

    /// <summary>The bearer token of just that address.</summary>
    public required string Token { get; init; }

    /// <summary>Makes the content anew for each attempt; null for a GET.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the statement only reads, so that nothing is lost by sending it twice.</summary>
    public required bool IsRead { get; init; }

    public string? StatementId { get; init; }

    /// <summary>What must not come back in a message, beside the token: the statement, the secrets in it, and the token of the other place.</summary>
    public string?[] Unspoken { get; init; } = [];

    /// <summary>Text of the service, fit for a message.</summary>
    public string? Quote(string? text) => ServiceText.Clean(text, [Token, .. Unspoken]);

    public bool Submits => Content is not null;

    /// <summary>Whether the statement may take effect, when this request says nothing of it.</summary>
    /// <param name="refused">Whether the request provably was not acted upon.</param>
    public bool MayHaveExecuted(bool refused) => !IsRead && !(Submits && refused);

    public override string ToString() => $"{(Submits ? "POST" : "GET")} {Address.GetLeftPart(UriPartial.Path)}";
}
