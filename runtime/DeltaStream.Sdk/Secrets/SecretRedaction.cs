using System.Text;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk;

/// <summary>Takes the secrets of one declaration out of what others say about it.</summary>
/// <remarks>A service that quotes a statement in its message, or a status message that names a password, must not leak it.</remarks>
internal sealed class SecretRedaction
{
    // Every 'a' of a message replaced would tell that the password is 'a'; so short ones are replaced only where they stand quoted.
    private const int ShortestReplacedAnywhere = 4;

    private readonly string[] _needles;

    private SecretRedaction(IEnumerable<string> needles) =>
        _needles = [.. needles.Distinct(StringComparer.Ordinal).OrderByDescending(n => n.Length)];

    /// <summary>Knows no secrets: for operations that have only a name.</summary>
    public static SecretRedaction None { get; } = new([]);

    public static SecretRedaction Of(params ReadOnlySpan<StoreArgs?> stores)
    {
        var needles = new List<string>();
        foreach (var store in stores)
        {
            foreach (var secret in store is null ? [] : StatementWriter.CollectSecrets(store))
            {
                AddForms(needles, secret);
                if (secret.Any(char.IsControl))
                {
                    // Transports put blanks for what would be a log's own, such as tabs.
                    AddForms(needles, string.Concat(secret.Select(c => char.IsControl(c) ? ' ' : c)));
                }
            }
        }

        return new SecretRedaction(needles);
    }

    private static void AddForms(List<string> needles, string secret)
    {
        var escaped = secret.Replace("'", "''", StringComparison.Ordinal);
        if (secret.Length >= ShortestReplacedAnywhere)
        {
            needles.Add(secret);
            needles.Add(escaped);
        }
        else if (secret.Length > 0)
        {
            needles.Add($"'{escaped}'");
            needles.Add($"\"{secret}\"");
        }
    }

    public bool IsClean(string text) => !Array.Exists(_needles, n => text.Contains(n, StringComparison.Ordinal));

    public string Redact(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var redacted = new StringBuilder(text);
        foreach (var needle in _needles)
        {
            redacted.Replace(needle, Secret.Redacted);
        }

        return redacted.ToString();
    }

    public string? RedactOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Redact(text);
}
