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
    }
}
