using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>Content that remembers whether it began to leave. Until then the service can't have acted on it.</summary>
/// <remarks>
/// Handlers of the user's HTTP client may send a request again, as resilience handlers and redirects do. What must not be executed
/// twice leaves only once, whoever asks for it.
/// </remarks>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly bool _once;
    private int _departures;

    public TrackedContent(HttpContent inner, bool once)
    {
        (_inner, _once) = (inner, once);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    public bool Sent => Volatile.Read(ref _departures) > 0;

    /// <summary>Whether a handler wanted to send it again.</summary>
    public bool Refused => _once && Volatile.Read(ref _departures) > 1;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        Depart();
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override void SerializeToStream(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        Depart();
        _inner.CopyTo(stream, context, cancellationToken);
    }

    private void Depart()
    {
        if (Interlocked.Increment(ref _departures) > 1 && _once)
        {
            throw new InvalidOperationException("The statement left already, and may leave only once.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
