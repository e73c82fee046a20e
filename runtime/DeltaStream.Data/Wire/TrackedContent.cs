using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>A request's content that remembers whether it began to leave: until then the service can't have acted upon it.</summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;
    private volatile bool _sent;

    public TrackedContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var (name, values) in inner.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    public bool Sent => _sent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _sent = true;
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override void SerializeToStream(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _sent = true;
        _inner.CopyTo(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
