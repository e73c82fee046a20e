using DeltaStream.Data.Secrets;

namespace DeltaStream.Sdk.Secrets;

/// <summary>Makes what the service says fit to be shown: without the secrets of a declaration, and without control characters.</summary>
/// <remarks>
/// A service may quote a statement in its message, or name a password in a status message. Neither may leak. The provider's
/// <see cref="Redaction"/> does it, so that both transports hide the same.
/// </remarks>
/// <param name="secrets">The secrets of declarations.</param>
/// <param name="tokens">The transport's tokens, another list as soon as there is another token; null when it has none.</param>
internal sealed class SecretRedaction(Func<IEnumerable<string>> secrets, Func<IReadOnlyList<string>>? tokens = null)
{
    private readonly Redaction _redaction = new(secrets, tokens: tokens);

    /// <summary>What it hides.</summary>
    public Func<IEnumerable<string>> Secrets => () => [.. secrets(), .. tokens?.Invoke() ?? []];

    /// <summary>Knows no secrets: for operations that have only a name.</summary>
    public static SecretRedaction None { get; } = new(() => []);

    /// <summary>Whether an exception, with all that it holds, shows no secret and no control character.</summary>
    public bool IsClean(Exception exception) => _redaction.IsClean(exception) && ServiceText.IsVisible(exception);

    public string Redact(string text) => ServiceText.Visible(_redaction.Redact(text.Trim()));

    public string? RedactOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Redact(text);
}
