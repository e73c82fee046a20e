using System.Diagnostics;
using System.Text.Json.Serialization;

namespace DeltaStream.Sdk;

/// <summary>A value that is sent to DeltaStream and shown nowhere else: a password, a key, a token (FR-007, D-002).</summary>
/// <remarks>
/// It prints as <c>***</c> in text, records, JSON and the debugger. <see cref="Reveal"/> is the only way to its value. Two
/// secrets are equal when their values are.
/// </remarks>
[JsonConverter(typeof(SecretJsonConverter))]
[DebuggerDisplay(Redacted)]
public readonly struct Secret : IEquatable<Secret>
{
    internal const string Redacted = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty, which validation reports by the property's name.</param>
    public Secret(string? value) => _value = value;

    /// <summary>Whether there is no value. An empty secret is never sent: validation refuses it.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>The value itself. Hand it to what needs it, never to a log or a message.</summary>
    /// <returns>The value; empty when there is none.</returns>
    public string Reveal() => _value ?? string.Empty;

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty, which validation reports by the property's name.</param>
    public static implicit operator Secret(string? value) => new(value);

    /// <summary>Keeps a value secret.</summary>
    /// <param name="value">The value. Null counts as empty, which validation reports by the property's name.</param>
    /// <returns>The secret.</returns>
    public static Secret FromString(string? value) => new(value);

    /// <summary>Always <c>***</c>.</summary>
    /// <returns><c>***</c>, also for an empty secret.</returns>
    public override string ToString() => Redacted;

    /// <inheritdoc />
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether two secrets have the same value.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other secret.</param>
    /// <returns>True when the values are the same.</returns>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>Whether two secrets have different values.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other secret.</param>
    /// <returns>True when the values differ.</returns>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);
}
