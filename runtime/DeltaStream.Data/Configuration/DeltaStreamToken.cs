using System.Diagnostics;
using System.Text.Json.Serialization;

namespace DeltaStream.Data;

/// <summary>An API token with the time at which it expires: what the callbacks of <see cref="DeltaStreamOptionsObjects"/> return.</summary>
/// <param name="value">The token, a secret.</param>
/// <param name="expiresOn">The time at which it expires; null when that is not known.</param>
public sealed class DeltaStreamToken(string value, DateTimeOffset? expiresOn = null)
{
    /// <summary>The token, a secret: no message, log or activity of this library shows it, and JSON of the object lacks it.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value => value;

    /// <summary>The time at which the token expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresOn => expiresOn;
}
