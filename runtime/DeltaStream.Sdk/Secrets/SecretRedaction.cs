using System.Text;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Secrets;

/// <summary>Removes the secrets of a declaration from what other parties say about it.</summary>
/// <remarks>
/// A service may quote a statement in its message, or name a password in a status message. Neither may leak. The secrets are
/// collected only when there is a text to check, so an operation without messages does not pay for it.
/// </remarks>
internal sealed class SecretRedaction(Func<IEnumerable<string>> secrets)
{
    // Replacing every 'a' of a message would tell that the password is 'a', so short secrets are replaced only between quotes.
    private const int ShortestReplacedAnywhere = 4;

    private readonly Lazy<string[]> _forms = new(() =>
        [.. secrets().SelectMany(FormsOf).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)]
    );

    /// <summary>Knows no secrets: for operations that have only a name.</summary>
    public static SecretRedaction None { get; } = new(() => []);

    public bool IsClean(string text) => !Array.Exists(_forms.Value, f => text.Contains(f, StringComparison.Ordinal));

    public string Redact(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var redacted = new StringBuilder(text);
        foreach (var form in _forms.Value)
        {
            redacted.Replace(form, Secret.Redacted);
        }

        return redacted.ToString();
    }

    public string? RedactOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Redact(text);

    // Transports replace control characters, such as tabs, with blanks, so that a message fits into a log.
    private static IEnumerable<string> FormsOf(string secret) =>
        new[] { secret, string.Concat(secret.Select(c => char.IsControl(c) ? ' ' : c)) }.SelectMany(form =>
            form.Length switch
            {
                0 => Array.Empty<string>(),
                < ShortestReplacedAnywhere => [$"'{SqlText.Escape(form, '\'')}'", $"\"{form}\""],
                _ => [form, SqlText.Escape(form, '\'')],
            }
        );
}
