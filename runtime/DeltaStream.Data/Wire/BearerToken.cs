using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>The token for one server: always the same, or what the user's callbacks give. It is safe for any thread.</summary>
internal sealed class BearerToken
{
    // As long as a request may take, usually. A token that lives for less than twice that is replaced after half of its life.
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);

    // A token that expired long ago opens nothing, so a process that runs for years need not search for all it had.
    private static readonly TimeSpan s_secretAfterExpiry = TimeSpan.FromDays(1);

    private readonly ConnectionSettings? _settings;
    private readonly Lock _lock = new();

    // A synchronous request never waits for an asynchronous call: that could block the very thread that the call needs.
    private readonly Turn _synchronous = new();
    private readonly Turn _asynchronous = new();

    private volatile Issued? _current;
    private volatile IReadOnlyList<string> _used = [];
    private Issued[] _secret = [];

    private BearerToken(string value, string remedy)
    {
        _current = new(value, null, DateTimeOffset.MaxValue);
        _used = [value];
        Remedy = remedy;
    }

    private BearerToken(ConnectionSettings settings)
    {
        _settings = settings;
        Remedy = settings.TokenOrigin is { } origin
            ? $" Check the token of {origin}: it must be an API token of the organization, and still valid."
            : " The callback was asked for another token, and the service refuses that, too. Check what "
                + $"{(settings.TokenProviderAsync is null ? "'TokenProvider' returns" : settings.TokenProvider is null ? "'TokenProviderAsync' returns" : "'TokenProviderAsync' and 'TokenProvider' return")}"
                + ": it must be an API token of the organization, and still valid.";
    }

    /// <summary>The token that settings have, or get by their callbacks.</summary>
    public static BearerToken Of(ConnectionSettings settings) =>
        settings.Token is { } value
            ? new(
                value,
                " Check the API token, in DELTASTREAM_API_KEY or as 'Token' in the connection string: it may be wrong or expired. "
                    + "For tokens that expire, set a callback that gives them instead: 'TokenProviderAsync' or 'TokenProvider' in the options."
            )
            : new(settings);

    /// <summary>The token that the service gave for a dataplane.</summary>
    public static BearerToken OfDataplane(string value) =>
        new(
            value,
            " The dataplane refuses the token that the service gave for these rows: it may have expired. Execute the statement again."
        );

    /// <summary>Whether another token can be had when the server refuses one.</summary>
    public bool Renews => _settings is not null;

    /// <summary>Every token that requests have had, which no message may show. Another list as soon as there is another token.</summary>
    public IReadOnlyList<string> Used => _used;

    /// <summary>What to do when the server refuses the token.</summary>
    public string Remedy { get; }

    /// <summary>Gives the token for a request, and asks the callback for it when there is none, or when it expires soon.</summary>
    /// <exception cref="DeltaStreamException">The callback failed, or the command ended meanwhile.</exception>
    /// <exception cref="NotSupportedException">The request is synchronous, and the only callback is not.</exception>
    /// <exception cref="OperationCanceledException">The caller's token is cancelled.</exception>
    public ValueTask<string> GetAsync(ServiceRequest request, CommandClock clock, bool async)
    {
        if (_settings is { TokenProvider: null } && !async)
        {
            throw new NotSupportedException(
                "A synchronous command needs the option 'TokenProvider', because 'TokenProviderAsync' can't be called without blocking "
                    + "a thread. Set both, or use the asynchronous method."
            );
        }

        return Valid() is { } current ? new(current.Value) : AskAsync(request, clock, async);
    }

    /// <summary>Forgets a token that the server refused, so that the next request asks for another one.</summary>
    public void Refuse(string token)
    {
        lock (_lock)
        {
            // Another request may have got another token meanwhile.
            if (_current?.Value == token)
            {
                _current = null;
            }
        }
    }

    private Issued? Valid() =>
        _current is { } current && (_settings is null || _settings.TimeProvider.GetUtcNow() < current.AskAgain)
            ? current
            : null;

    private async ValueTask<string> AskAsync(ServiceRequest request, CommandClock clock, bool async)
    {
        var turn = async ? _asynchronous : _synchronous;
        var before = turn.Last;
        var isMine = false;
        Answer answer;
        try
        {
            if (async)
            {
                await turn.Gate.WaitAsync(clock.Token).ConfigureAwait(false);
            }
            else
            {
                turn.Gate.Wait(clock.Token);
            }

            isMine = true;
            if (Valid() is { } current)
            {
                return current.Value;
            }

            // What the call brought that ended while this request waited, be it a failure, is the answer to all who waited.
            answer =
                turn.Last is { } last && !ReferenceEquals(last, before)
                    ? last
                    : turn.Last = await CallAsync(clock, async).ConfigureAwait(false);
        }
        // The command has ended. The next request that waits calls for itself.
        catch (Exception e) when (clock.Token.IsCancellationRequested)
        {
            var cause = request.Vouched(e);
            clock.ThrowIfEnded(cause, request.MayHaveExecuted(refused: true), request.Quote(request.StatementId));
            throw;
        }
        finally
        {
            if (isMine)
            {
                turn.Gate.Release();
            }
        }

        return answer.Token?.Value ?? throw TransportFailure.NoToken(request, answer.Fault!, answer.Cause);
    }

    private async ValueTask<Answer> CallAsync(CommandClock clock, bool async)
    {
        var callback = async ? _settings!.TokenProviderAsync : null;
        var name = callback is null ? "TokenProvider" : "TokenProviderAsync";
        DeltaStreamToken? token;
        try
        {
            token = callback is null
                ? _settings!.TokenProvider!(clock.Token)
                : await callback(clock.Token).AsTask().WaitAsync(clock.Token).ConfigureAwait(false);
        }
        // Every exception: the callback is the user's, and throws what it likes.
        catch (Exception e) when (!clock.Token.IsCancellationRequested)
        {
            return new(
                null,
                _settings!.TokenOrigin is { } origin
                    ? $"The token of {origin} can't be read ({e.GetType().Name}). See the inner exception."
                    : $"The callback for the token, the option '{name}', failed with {e.GetType().Name}. "
                        + "See the inner exception, and mend the callback or what it asks.",
                e
            );
        }

        return token?.Value?.Trim() is not { Length: > 0 } value ? Useless(token is null ? "null" : "an empty token")
            : !ConnectionSettings.IsToken(value)
                ? Useless("a token with a space, a line break or a character that is not ASCII")
            : new(Accept(value, token.ExpiresOn), null, null);

        Answer Useless(string what) =>
            new(
                null,
                _settings!.TokenOrigin is { } origin
                    ? $"The token of {origin} is {what}. Write the API token there."
                    : $"The callback for the token, the option '{name}', returned {what}. Let it return the API token.",
                null
            );
    }

    private Issued Accept(string value, DateTimeOffset? expiresOn)
    {
        var now = _settings!.TimeProvider.GetUtcNow();
        var half = expiresOn is { } end && end > now ? (end - now) / 2 : TimeSpan.Zero;
        var issued = new Issued(
            value,
            expiresOn,
            expiresOn is { } expiry ? expiry - (half < s_margin ? half : s_margin) : DateTimeOffset.MaxValue
        );
        lock (_lock)
        {
            _secret =
            [
                .. _secret.Where(old => old.Value != value && !(now - old.ExpiresOn > s_secretAfterExpiry)),
                issued,
            ];
            // Before any request has it.
            _used = [.. _secret.Select(secret => secret.Value)];
            return _current = issued;
        }
    }

    /// <param name="Value">The token.</param>
    /// <param name="ExpiresOn">When it expires; null when that is not known.</param>
    /// <param name="AskAgain">From when on a request asks for another one.</param>
    private sealed record Issued(string Value, DateTimeOffset? ExpiresOn, DateTimeOffset AskAgain)
    {
        // A record's text would show the token.
        public override string ToString() => nameof(Issued);
    }

    /// <summary>What a call brought: a token, or what is wrong.</summary>
    private sealed record Answer(Issued? Token, string? Fault, Exception? Cause);

    /// <summary>Lets one request at a time call, and shows the others what that brought.</summary>
    private sealed class Turn
    {
        // Nobody uses its wait handle, so it holds nothing to dispose of.
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Answer? Last
        {
            get => Volatile.Read(ref field);
            set => Volatile.Write(ref field, value);
        }
    }
}
