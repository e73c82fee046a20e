using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Serialization;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk;

/// <summary>A value that is sent to DeltaStream and shown nowhere else: a password, a key, a token (FR-007, D-002).</summary>
/// <remarks>
/// It prints as <c>***</c> in text, records, JSON and the debugger. Only <see cref="Reveal"/> returns its value. Two secrets
/// are equal when their values are equal. Configuration binds it from a text.
/// </remarks>
[JsonConverter(typeof(SecretJsonConverter))]
[TypeConverter(typeof(SecretTypeConverter))]
[DebuggerDisplay(Redacted)]
public readonly record struct Secret
{
    internal const string Redacted = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty, and validation reports it with the property's name.</param>
    public Secret(string? value) => _value = value;

    /// <summary>Whether there is no value. Validation refuses an empty secret, so it is never sent.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>Returns the value itself. Hand it to what needs it, never to a log or a message.</summary>
    /// <returns>The value; empty when there is none.</returns>
    public string Reveal() => _value ?? string.Empty;

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty.</param>
    public static implicit operator Secret(string? value) => new(value);

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty.</param>
    /// <returns>The secret.</returns>
    public static Secret FromString(string? value) => new(value);

    /// <summary>Returns <c>***</c>, whatever the value is.</summary>
    /// <returns><c>***</c>, also for an empty secret.</returns>
    public override string ToString() => Redacted;

    /// <inheritdoc />
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);
}
