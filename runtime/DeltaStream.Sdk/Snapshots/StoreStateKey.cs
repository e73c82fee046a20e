using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace DeltaStream.Sdk;

/// <summary>The key under which a state keeps secrets and files, so that it can compare them and nobody can read them.</summary>
/// <remarks>
/// Keep it apart from the state: whoever has the state alone learns nothing about a secret, and can't try passwords against it
/// either. When the key is lost, the state can't be read: begin with an empty one and adopt the stores.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class StoreStateKey
{
    /// <summary>The size of a key: 32 bytes.</summary>
    public const int Length = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private StoreStateKey(byte[] bytes)
    {
        _bytes = bytes;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "id"u8)[..4]);
    }

    /// <summary>Tells keys apart. It says nothing about the key; the state holds it.</summary>
    public string Id { get; }

    /// <summary>Makes a key at random.</summary>
    /// <returns>A new key.</returns>
    public static StoreStateKey Create() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads a key from base64, such as an environment variable.</summary>
    /// <param name="text">32 bytes as base64, as <see cref="Reveal"/> gives them. Blanks around don't count.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text is not 32 bytes as base64. The message does not show it.</exception>
    public static StoreStateKey FromBase64(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Length
            ? new StoreStateKey(bytes[..Length])
            : throw new FormatException(
                "The key of a state is 32 bytes as base64. Make one with 'openssl rand -base64 32', and keep it apart from the state."
            );
    }

    /// <summary>Reads a key from a file, or makes the file with a new key.</summary>
    /// <remarks>A new file can be read and written by its owner only (mode 0600); Windows gives it the rights of its folder.</remarks>
    /// <param name="path">The file's path.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The file holds no key.</exception>
    /// <exception cref="InvalidDataException">Others than its owner may read the file.</exception>
    /// <exception cref="IOException">The file can't be read or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or made.</exception>
    public static StoreStateKey FromFile(string path) => FromFile(path, step: null);

    /// <summary>Reads or makes a key, and calls back after each thing that it does to a file.</summary>
    internal static StoreStateKey FromFile(string path, Action? step)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path) && TryMake(path, step) is { } made)
        {
            return made;
        }

        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~OwnerOnly & ~UnixFileMode.UserExecute) != UnixFileMode.None
        )
        {
            throw new InvalidDataException(
                $"Others than its owner may read the key file '{path}'. Take their rights away: chmod 600 '{path}'. "
                    + "If somebody may have read it, make a new key."
            );
        }

        try
        {
            return FromBase64(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new FormatException($"The key file '{path}' holds no key. {e.Message}", e);
        }
    }

    /// <summary>Returns the key as base64. Hand it to what keeps it, never to a log or a message.</summary>
    /// <returns>32 bytes as base64.</returns>
    public string Reveal() => Convert.ToBase64String(_bytes);

    /// <summary>Returns the <see cref="Id"/>, never the key.</summary>
    /// <returns>For example <c>StoreStateKey(1f0c3b2a)</c>.</returns>
    public override string ToString() => $"StoreStateKey({Id})";

    /// <summary>Makes the fingerprint of a value. The same value of another store or property has another one.</summary>
    internal string Fingerprint(string store, string property, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);
        foreach (var part in (ReadOnlySpan<string>)["value", store, property])
        {
            // A name holds no control character, so the separator is unique.
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        }

        hash.AppendData(value);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    // Null when another process made the file in the meantime. The file has its name only when it is whole: a process that is
    // killed leaves no part of a key, which nobody could read.
    private static StoreStateKey? TryMake(string path, Action? step)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        var key = Create();
        var part = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = new FileStream(part, options))
            {
                step?.Invoke();
                stream.Write(Encoding.ASCII.GetBytes(key.Reveal() + "\n"));
                stream.Flush(flushToDisk: true);
            }

            step?.Invoke();
            File.Move(part, path);
            step?.Invoke();
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
            return null;
        }
    }
}
