using System.Collections;

namespace DeltaStream.Data;

/// <summary>The files that travel with a statement. Enumerating it gives their names.</summary>
/// <remarks>
/// The service finds a file by its name, which must equal the literal in the statement exactly, with the <c>@</c> if it has one:
/// <c>'tls.ca_cert_file' = '@cacert'</c> needs the attachment <c>@cacert</c> (wire fact 1.5).
/// </remarks>
public sealed class DeltaStreamAttachmentCollection : IReadOnlyCollection<string>
{
    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _files = [];

    internal DeltaStreamAttachmentCollection() { }

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>Adds a file.</summary>
    /// <param name="name">The literal of the statement, such as <c>@cacert</c>: printable ASCII without quotes and path separators.</param>
    /// <param name="content">The content. It is not copied: leave it as it is until the command was executed.</param>
    /// <exception cref="ArgumentException">The name can't travel in a header, or there is a file of that name.</exception>
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
            throw new ArgumentException($"There is an attachment '{name}' already.", nameof(name));
        }

        _files.Add((name, content));
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">The literal of the statement, such as <c>@cacert</c>: printable ASCII without quotes and path separators.</param>
    /// <param name="content">The content. It is not copied: leave it as it is until the command was executed.</param>
    /// <exception cref="ArgumentException">The name can't travel in a header, or there is a file of that name.</exception>
    public void Add(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Add(name, new ReadOnlyMemory<byte>(content));
    }

    /// <summary>Removes all files.</summary>
    public void Clear() => _files.Clear();

    /// <summary>The names, in the order in which they were added.</summary>
    /// <returns>An enumerator of names; contents are not shown.</returns>
    public IEnumerator<string> GetEnumerator() => _files.Select(f => f.Name).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal (string Name, ReadOnlyMemory<byte> Content)[] ToArray() => [.. _files];
}
