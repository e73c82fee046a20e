using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeltaStream.Sdk.Files;

namespace DeltaStream.Sdk;

/// <summary>The content of a file that a store needs, such as a certificate or a private key.</summary>
/// <remarks>
/// The content is read once, when the value is made. Files are compared by content: the same bytes from another path are the
/// same file, and changed bytes at the same path are another file. The text form shows the size and never the content.
/// Configuration binds it from a path, from <c>base64:</c> and the content in base64, or from the text of a PEM. What can't be
/// read fails when the declaration is validated, because an exception at binding would show the configured text.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[TypeConverter(typeof(StoreFileTypeConverter))]
public sealed class StoreFile : IEquatable<StoreFile>
{
    /// <summary>The greatest size of a file: 1,048,576 bytes.</summary>
    public const int MaxBytes = 1 << 20;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _content;

    // Written out, because the compiler hides the field of a property from the debugger in debug builds only.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _fault;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _name;

    private StoreFile(byte[] content, string? fault = null, string? name = null) =>
        (_content, _fault, _name) = (content, fault, name);

    /// <summary>The name of the file that was read, without its folder; null for content that came otherwise.</summary>
    /// <remarks>Plans show it. It is no part of what makes two files the same.</remarks>
    public string? Name => _name;

    /// <summary>Why there is no content, to follow the property's path; null when there is.</summary>
    internal string? Fault => _fault;

    /// <summary>The size in bytes.</summary>
    public int Length => _content.Length;

    /// <summary>Reads a file from disk.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The file's content as of now.</returns>
    /// <exception cref="InvalidDataException">The file is larger than <see cref="MaxBytes"/>.</exception>
    /// <exception cref="IOException">The file can't be read; for example <see cref="FileNotFoundException"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path names a folder.</exception>
    public static StoreFile FromPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

        // One byte over the limit is enough to know. The length is not asked: devices and growing files don't tell it.
        var buffer = new byte[MaxBytes + 1];
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return read > MaxBytes
            ? throw new InvalidDataException(TooLarge($"The file '{path}'"))
            : new StoreFile(buffer[..read], name: Path.GetFileName(path));
    }

    /// <summary>Takes text, such as a PEM from a vault. It is sent as UTF-8.</summary>
    /// <param name="text">The content.</param>
    /// <returns>The content as a file.</returns>
    /// <exception cref="InvalidDataException">The text is larger than <see cref="MaxBytes"/> in UTF-8.</exception>
    public static StoreFile FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bounded(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Takes bytes. They are copied, so a later change of the source has no effect.</summary>
    /// <param name="content">The content.</param>
    /// <returns>The content as a file.</returns>
    /// <exception cref="InvalidDataException">There are more than <see cref="MaxBytes"/> bytes.</exception>
    public static StoreFile FromBytes(ReadOnlySpan<byte> content) => Bounded(content.ToArray());

    /// <summary>Takes what configuration holds: a path, <c>base64:</c> and the content, or the text of a PEM.</summary>
    internal static StoreFile FromConfiguration(string text)
    {
        const string Base64 = "base64:";
        const string Forms =
            "configuration gives a file as its path, as 'base64:' and its content, or as the text of a PEM";
        try
        {
            return text.StartsWith(Base64, StringComparison.OrdinalIgnoreCase)
                    ? FromBytes(Convert.FromBase64String(text[Base64.Length..]))
                : text.Contains("-----BEGIN ", StringComparison.Ordinal) ? FromText(text)
                : FromPath(text);
        }
        catch (FormatException)
        {
            return Faulty("holds no base64 after 'base64:'");
        }
        catch (Exception e) when (WhyUnreadable(e) is { } why)
        {
            return Faulty(
                e is InvalidDataException
                    ? why
                    : $"can't be read from the configured path, as {why}; a relative path starts at '{Environment.CurrentDirectory}'"
            );
        }

        static StoreFile Faulty(string fault) => new([], $"{fault}: {Forms}");
    }

    /// <summary>Why a file can't be read, without its path, which may be a secret in a wrong place; null for another exception.</summary>
    internal static string? WhyUnreadable(Exception exception) =>
        exception switch
        {
            InvalidDataException => string.Create(CultureInfo.InvariantCulture, $"has more than {MaxBytes} bytes"),
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            UnauthorizedAccessException => "access is denied, or it is a folder",
            IOException or ArgumentException or NotSupportedException => "it is no path, or the file can't be opened",
            _ => null,
        };

    /// <summary>Returns the content itself. Hand it to what needs it, never to a log or a message.</summary>
    /// <returns>The bytes.</returns>
    public ReadOnlyMemory<byte> Reveal() => _content;

    /// <summary>Returns the size, never the content.</summary>
    /// <returns>For example <c>StoreFile(1704 bytes)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"StoreFile({Length} bytes)");

    /// <inheritdoc />
    public bool Equals(StoreFile? other) =>
        other is not null && Fault == other.Fault && _content.AsSpan().SequenceEqual(other._content);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as StoreFile);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_content);
        return hash.ToHashCode();
    }

    /// <summary>The file as it is sent where a spec asks for PEM: its blocks in the form of RFC 7468, and nothing else.</summary>
    /// <returns>This file when it is so already, or when it is no PEM.</returns>
    internal StoreFile AsPem()
    {
        var text = new StringBuilder(_content.Length);
        for (var reader = new PemReader(_content); reader.Next(); )
        {
            if (reader.Fault != PemFault.None)
            {
                return this;
            }

            var label = PemCheck.IsCertificate(reader.Label)
                ? PemCheck.Certificate
                : Encoding.ASCII.GetString(reader.Label);
            var body = Convert.FromBase64String(Encoding.ASCII.GetString(reader.Body));
            text.Append(PemEncoding.WriteString(label, body)).Append('\n');
        }

        var sent = Encoding.ASCII.GetBytes(text.ToString());
        return sent.Length == 0 || _content.AsSpan().SequenceEqual(sent) ? this : new StoreFile(sent, name: Name);
    }

    private static StoreFile Bounded(byte[] content) =>
        content.Length > MaxBytes ? throw new InvalidDataException(TooLarge("The content")) : new StoreFile(content);

    private static string TooLarge(string what) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what} is larger than {MaxBytes} bytes, the most that a store's file may have."
        );
}
