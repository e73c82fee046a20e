using System.Reflection;

namespace DeltaStream.Data.Configuration;

/// <summary>The settings of a data source or connection, checked.</summary>
internal sealed class ConnectionSettings
{
    private const string Library = "DeltaStream.Data";

    public required Uri Server { get; init; }

    /// <summary>The hosts that may have the token over plain http.</summary>
    public required InsecureHosts InsecureHosts { get; init; }

    /// <summary>The token; null when the callbacks give it.</summary>
    public required string? Token { get; init; }

    /// <summary>Gives the token to synchronous commands, and to all when there is no other callback.</summary>
    public required Func<CancellationToken, DeltaStreamToken>? TokenProvider { get; init; }

    /// <summary>Gives the token to asynchronous commands.</summary>
    public required Func<CancellationToken, ValueTask<DeltaStreamToken>>? TokenProviderAsync { get; init; }

    /// <summary>Where the callback gets the token, for messages; null when the callback is the user's.</summary>
    public required string? TokenOrigin { get; init; }

    public required SessionContext Context { get; init; }

    public required string? SessionId { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    public required TimeSpan ResponseHeaderTimeout { get; init; }

    public required TimeSpan CommandTimeout { get; init; }

    public required RetryLimits Retries { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>A connection string without the token.</summary>
    public required string Printable { get; init; }

    /// <exception cref="ArgumentException">A setting is missing or not valid.</exception>
    public static ConnectionSettings From(DeltaStreamOptions options)
    {
        var sessionId = Header(options.SessionId, "The session ID");
        if (string.Equals(sessionId, "RANDOM", StringComparison.Ordinal))
        {
            sessionId = Guid.NewGuid().ToString();
        }

        var insecure = InsecureHosts.Of(options.AllowInsecureHosts, "AllowInsecureHosts");
        return new()
        {
            Server = ServerAddress.Normalize(options.Server ?? ServerAddress.Default, "The server", insecure),
            InsecureHosts = insecure,
            Token = CheckedToken(options),
            TokenProvider = options.TokenProvider,
            TokenProviderAsync = options.TokenProviderAsync,
            TokenOrigin = options.TokenOrigin,
            Context = new SessionContext
            {
                Organization = NullIfEmpty(options.Organization),
                Role = NullIfEmpty(options.Role),
                Database = NullIfEmpty(options.Database),
                Schema = NullIfEmpty(options.Schema),
                Store = NullIfEmpty(options.Store),
                ComputePool = NullIfEmpty(options.ComputePool),
            },
            SessionId = sessionId,
            ConnectTimeout = Limit(options.ConnectTimeout, "The connect timeout"),
            ResponseHeaderTimeout = Limit(options.ResponseHeaderTimeout, "The response header timeout"),
            CommandTimeout = Limit(options.CommandTimeout, "The command timeout"),
            Retries = RetryLimits.Of(options.MaxRetries, options.RetryDelay),
            TimeProvider = options.TimeProvider ?? TimeProvider.System,
            UserAgent = Agent(Header(options.ApplicationName, "The application name"), sessionId),
            Printable = options.ToString(),
        };
    }

    /// <summary>Seconds as ADO.NET counts them: 0 stands for no limit, and a limit is at least 1.</summary>
    public static int Seconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? 0 : (int)Math.Ceiling(timeout.TotalSeconds);

    /// <summary>Whether a text can be a token in a header.</summary>
    public static bool IsToken(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <exception cref="ArgumentException">The text can't be a token in a header.</exception>
    public static string CheckedToken(string text, string what) =>
        IsToken(text)
            ? text
            : throw InvalidSetting.Because(
                $"{what} holds a space, a line break or a character that is not ASCII. Copy it again, without line breaks."
            );

    private static string? CheckedToken(DeltaStreamOptions options)
    {
        var hasCallback = options.TokenProvider is not null || options.TokenProviderAsync is not null;
        if (options.Token?.Trim() is not { Length: > 0 } trimmed)
        {
            return hasCallback
                ? null
                : throw InvalidSetting.Because(
                    "The API token is missing. Set the environment variable DELTASTREAM_API_KEY and use FromEnvironment, or set 'Token' "
                        + "in the connection string or the options. For tokens that expire, set 'TokenProviderAsync' or 'TokenProvider' in the options."
                );
        }

        if (hasCallback)
        {
            throw InvalidSetting.Because(
                "The options have both 'Token' and a callback for it ('TokenProvider' or 'TokenProviderAsync'). Set one of them: with a "
                    + "callback, set 'Token' to null. The environment variable DELTASTREAM_API_KEY and the connection string set it, too."
            );
        }

        return CheckedToken(trimmed, "The API token");
    }

    // <product>/<version> session/<id>, as DeltaStream's own tools write it (wire fact 5.5).
    private static string Agent(string? application, string? sessionId)
    {
        var version = typeof(ConnectionSettings)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0];
        var own = $"{Library}/{version ?? "0.0.0"}";
        var product = application is null ? own : $"{application} {own}";
        return sessionId is null ? product : $"{product} session/{Uri.EscapeDataString(sessionId)}";
    }

    /// <exception cref="ArgumentException">The text can't stand in a header.</exception>
    public static string? Header(string? value, string what)
    {
        var trimmed = NullIfEmpty(value?.Trim());
        if (trimmed is not null && trimmed.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw InvalidSetting.Because(
                $"{what} may hold printable ASCII characters only, as it travels in a header."
            );
        }

        return trimmed;
    }

    /// <exception cref="ArgumentException">The time is none that a timer takes.</exception>
    public static TimeSpan Limit(TimeSpan value, string what) =>
        value == TimeSpan.Zero || value == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
        : value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue ? value
        : throw InvalidSetting.Because($"{what} must be between zero (no limit) and 24 days.");

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
