using System.Collections;

namespace DeltaStream.Data;

/// <summary>The files that travel with a statement. It enumerates their names.</summary>
/// <remarks>
/// A file's name must equal the literal in the statement, with its <c>@</c>: <c>'tls.ca_cert_file' = '@cacert'</c> needs the
/// attachment <c>@cacert</c> (wire fact 1.5).
/// </remarks>
public sealed class DeltaStreamAttachmentCollection : IReadOnlyCollection<string>
{
    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _files = [];

    internal DeltaStreamAttachmentCollection() { }

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>Adds a file.</summary>
    /// <param name="name">The literal of the statement, such as <c>@cacert</c>: printable ASCII without quotes and path separators.</param>
    /// <param name="content">The content. It is not copied: don't change it before the command was executed.</param>
    /// <exception cref="ArgumentException">The name can't travel in a header, or a file has it already.</exception>
    public void Add(string name, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (
            name.AsSpan().ContainsAnyExceptInRange(' ', '~')
            || name.AsSpan().ContainsAny("\"'\\/")
            || name.Trim().Length != name.Length
        )
        {
            throw new ArgumentException(
                "An attachment's name may hold printable ASCII characters only, no quotes, no path separators and no space at its "
                    + "ends. Use a flat token, such as '@cacert', in the statement and here.",
                nameof(name)
            );
        }

        if (_files.Exists(f => string.Equals(f.Name, name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The attachment '{name}' was added already.", nameof(name));
        }

        _files.Add((name, content));
    }

    /// <inheritdoc cref="Add(string, ReadOnlyMemory{byte})"/>
    public void Add(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Add(name, new ReadOnlyMemory<byte>(content));
    }

    /// <summary>Removes all files.</summary>
    public void Clear() => _files.Clear();

    /// <summary>The names, in the order of their addition.</summary>
    public IEnumerator<string> GetEnumerator() => _files.Select(f => f.Name).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal (string Name, ReadOnlyMemory<byte> Content)[] ToArray() => [.. _files];
}
