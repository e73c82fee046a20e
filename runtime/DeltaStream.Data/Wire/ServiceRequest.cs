using System.Net;
using DeltaStream.Data.Secrets;

namespace DeltaStream.Data.Wire;

/// <summary>A request to the service, which may be sent several times.</summary>
internal sealed class ServiceRequest
{
    public required Uri Address { get; init; }

    /// <summary>The bearer token for this address.</summary>
    public required BearerToken Token { get; init; }

    /// <summary>Makes the content for each attempt; null for a GET.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the statement only reads, so that the service may execute it twice.</summary>
    public required bool IsRead { get; init; }

    /// <summary>The most bytes that the response may have when it is decompressed.</summary>
    public int MaxResponseSize { get; init; } = ResponseLimit.Change;

    /// <summary>Whether the user has the command, and so can set its MaxResponseSize.</summary>
    public bool CanRaiseLimit { get; init; }

    /// <summary>Whether a service that works begins to respond within seconds, so that silence means a dead connection.</summary>
    public bool IsShort { get; init; }

    /// <summary>The statement's ID as the service gave it, for addresses; messages and exceptions have it quoted.</summary>
    public string? StatementId { get; init; }

    /// <summary>What no message may show, besides the token: the statement's secrets, and another server's token.</summary>
    public Func<IEnumerable<string?>> Secrets { get; init; } = () => [];

    /// <summary>The statement; null when it holds nothing to hide.</summary>
    public string? Statement { get; init; }

    public bool Submits => Content is not null;

    /// <summary>Makes text of the service fit for a message.</summary>
    public string? Quote(string? text) => ServiceText.Clean(text, Redaction);

    /// <summary>Whether a text holds a secret. Then it must not be a part of an address, which traces show.</summary>
    public bool Hides(string text) => Redaction.Redact(text) != text;

    /// <summary>Returns a cause that others may see. An HTTP client quotes what it can't read, and a handler what it likes.</summary>
    public Exception Vouched(Exception cause) =>
        Redaction.IsClean(cause) && ServiceText.IsVisible(cause)
            ? cause
            : new HttpRequestException(
                $"The text of the {cause.GetType().Name} is left out, because it holds a secret or a control character."
            );

    /// <summary>Whether the statement may take effect, when this request does not tell.</summary>
    /// <param name="refused">Whether the service certainly did not act on the request.</param>
    public bool MayHaveExecuted(bool refused) => !IsRead && !(Submits && refused);

    private Redaction Redaction => field ??= new(Secrets, Statement?.TrimEnd().TrimEnd(';'), () => Token.Used);

    /// <summary>Makes the exception of this request.</summary>
    public DeltaStreamException Failure(
        string message,
        Exception? cause,
        bool refused,
        bool transient = false,
        HttpStatusCode? status = null,
        string? statementId = null,
        TimeSpan? retryAfter = null,
        bool tooLarge = false
    ) =>
        new(message, cause)
        {
            HttpStatus = status,
            StatementId = Quote(statementId ?? StatementId),
            Transient = transient,
            MayHaveExecuted = MayHaveExecuted(refused),
            RetryAfter = retryAfter,
            IsTooLarge = tooLarge,
        };
}
