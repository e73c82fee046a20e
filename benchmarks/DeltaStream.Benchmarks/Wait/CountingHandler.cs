namespace DeltaStream.Benchmarks.Wait;

/// <summary>Counts the statements that a way sends over REST.</summary>
internal sealed class CountingHandler()
    : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = MaxConnections })
{
    // As many as one task a store may use at once. Without a limit it would open a socket for each store.
    private const int MaxConnections = 64;

    private int _statements;

    public int Statements => Volatile.Read(ref _statements);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Method == HttpMethod.Post)
        {
            Interlocked.Increment(ref _statements);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
