namespace DeltaStream.Data;

/// <summary>The objects among the <see cref="DeltaStreamOptions"/>: what code sets, and no configuration can hold.</summary>
/// <remarks>
/// They are extension properties, which are used as all others are. Binders of configuration and serializers take what they
/// find in a type for data, and would walk into them.
/// </remarks>
public static class DeltaStreamOptionsObjects
{
    /// <param name="options">The options.</param>
    extension(DeltaStreamOptions options)
    {
        /// <summary>
        /// Your own client, which the data source never disposes of; null when the data source makes one. The client must not follow
        /// redirects or send again (no retries, no hedging): a statement that changes something leaves once, and a handler that
        /// sends it again makes it fail. Its <see cref="System.Net.Http.HttpClient.Timeout"/> applies too. Synchronous calls need a
        /// handler with a synchronous <c>Send</c>.
        /// </summary>
        public HttpClient? HttpClient
        {
            get => options.OwnHttpClient;
            set => options.OwnHttpClient = value;
        }

        /// <summary>The clock of timeouts, polls and retries. Null for the system's.</summary>
        public TimeProvider? TimeProvider
        {
            get => options.OwnTimeProvider;
            set => options.OwnTimeProvider = value;
        }

        /// <summary>
        /// The callback that gives the API token to asynchronous commands, in the place of <see cref="DeltaStreamOptions.Token"/>;
        /// null for none.
        /// </summary>
        /// <remarks>
        /// The data source calls it for its first request, one minute before the token expires (after half of its life if it lives
        /// for less than two minutes), and when the service refuses the token with a 401. Then it sends the refused request once
        /// more. Requests that need a token at the same time share one call, and its failure. The cancellation token ends with
        /// the command that calls; another command that waits calls again. A synchronous command needs <c>TokenProvider</c>.
        /// </remarks>
        public Func<CancellationToken, ValueTask<DeltaStreamToken>>? TokenProviderAsync
        {
            get => options.OwnTokenProviderAsync;
            set => options.OwnTokenProviderAsync = value;
        }

        /// <summary>
        /// The callback that gives the API token to synchronous commands, and to asynchronous ones when <c>TokenProviderAsync</c> is
        /// null; null for none.
        /// </summary>
        /// <remarks>
        /// It works on the thread of the command, and is called when <c>TokenProviderAsync</c> would be. One synchronous and one
        /// asynchronous command may call at the same time, because neither waits for the other. When only <c>TokenProviderAsync</c>
        /// is set, a synchronous command throws a <see cref="NotSupportedException"/>: it never blocks on a task.
        /// </remarks>
        public Func<CancellationToken, DeltaStreamToken>? TokenProvider
        {
            get => options.OwnTokenProvider;
            set => options.OwnTokenProvider = value;
        }
    }
}
