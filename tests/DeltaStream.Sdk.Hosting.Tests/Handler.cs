namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Tells of each request before it is sent.</summary>
internal sealed class Handler(Action<HttpRequestMessage> onRequest) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        onRequest(request);
        return base.SendAsync(request, cancellationToken);
    }
}
