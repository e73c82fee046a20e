using DeltaStream.Data;
using Microsoft.Extensions.Configuration;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>Where the API token comes from: a callback of the user's, a file, the configuration, or code.</summary>
internal static class TokenSource
{
    /// <summary>Whether there is a callback of the user's.</summary>
    public static bool HasCallback(DeltaStreamOptions rest) =>
        rest.TokenProvider is not null || rest.TokenProviderAsync is not null;

    /// <summary>Lets each request ask for a token that may change.</summary>
    public static void Complete(DeltaStreamHostingOptions options, Registration registration, IServiceProvider provider)
    {
        var rest = options.Rest;
        if (HasCallback(rest))
        {
            rest.Token = null;
        }
        else if (options.TokenFile is { } file)
        {
            rest.Token = null;
            var path = Path.Combine(ContentRoot.Of(provider), file);
            rest.TokenOrigin = $"{registration.Section}:TokenFile";
            rest.TokenProvider = _ => ForOneRequest(rest, Read(path));
        }
        else if (
            rest.Token is not null
            && rest.Token == options.ConfiguredToken
            && ConnectionReading.ConfigurationOf(provider) is { } configuration
        )
        {
            rest.Token = null;
            rest.TokenOrigin = configuration[$"{registration.Section}:Token"] is { Length: > 0 }
                ? $"{registration.Section}:Token"
                : $"{registration.ConnectionPath}, or of {registration.Section}:ConnectionString";
            rest.TokenProvider = _ => ForOneRequest(rest, Now(configuration, registration));
        }
    }

    /// <summary>Reads the token in a file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path) => File.ReadAllText(path).Trim();

    private static string Now(IConfiguration configuration, Registration registration) =>
        ConnectionReading.TokenNow(configuration, registration)
        ?? throw new InvalidOperationException($"{registration.Section}:Token has no value any more: set it again.");

    // A token that has expired is asked for again by the next request.
    private static DeltaStreamToken ForOneRequest(DeltaStreamOptions rest, string token) =>
        new(token, (rest.TimeProvider ?? TimeProvider.System).GetUtcNow());
}
