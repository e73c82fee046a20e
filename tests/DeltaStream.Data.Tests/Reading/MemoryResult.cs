using System.Buffers;
using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Reading;

/// <summary>A result in memory that watches how it is read.</summary>
internal sealed class MemoryResult : StatementResult
{
    private readonly byte[][] _partitions;

    private readonly ConcurrentBag<WeakReference<Partition>> _given = [];

    [SetsRequiredMembers]
    public MemoryResult(IReadOnlyList<ResultColumn> columns, params byte[][] partitions)
        : base(columns, partitions.Length, () => "4bd42b5f-9d53-43d7-8aee-9c1eac22c2c4")
    {
        _partitions = partitions;
        Fetch = FetchAsync;
    }

    [SetsRequiredMembers]
    public MemoryResult(string columns, params string[] partitions)
        : this(Parse(columns), [.. partitions.Select(Encoding.UTF8.GetBytes)]) { }

    /// <summary>Which partitions were fetched, in order, and how.</summary>
    public List<(int Index, bool Async)> Fetches { get; } = [];

    public int Disposals { get; private set; }

    /// <summary>What happens before a partition is given; nothing unless set.</summary>
    public Func<int, CancellationToken, Task>? Before { get; set; }

    /// <summary>The partitions that were given and hold their rows still.</summary>
    public int Held => _given.Count(g => g.TryGetTarget(out var partition) && partition.Rows.Count > 0);

    public DeltaStreamDataReader Read(CommandBehavior behavior = CommandBehavior.Default) => new(this, behavior, null);

    /// <summary>A reader that is on its first row.</summary>
    public DeltaStreamDataReader First()
    {
        var reader = Read();
        Assert.True(reader.Read());
        return reader;
    }

    private async ValueTask<Partition> FetchAsync(int index, bool async, CancellationToken cancellationToken)
    {
        Fetches.Add((index, async));
        if (Before is not null)
        {
            await Before(index, cancellationToken);
        }

        var rows = _partitions[index];

        // Not at the beginning of the buffer, and between other things, as in the response.
        var buffer = ArrayPool<byte>.Shared.Rent(rows.Length + 32);
        buffer.AsSpan().Fill((byte)'"');
        rows.CopyTo(buffer, 7);
        var partition = new Partition(buffer, new ArraySegment<byte>(buffer, 7, rows.Length));
        _given.Add(new WeakReference<Partition>(partition));
        return partition;
    }

    public override void Dispose()
    {
        Disposals++;
        base.Dispose();
    }

    // "a INTEGER; b VARCHAR?": a question mark says that the column may be null.
    private static ResultColumn[] Parse(string columns) =>
        [
            .. columns
                .Split("; ", StringSplitOptions.RemoveEmptyEntries)
                .Select(c => (Name: c[..c.IndexOf(' ')], Type: c[(c.IndexOf(' ') + 1)..]))
                .Select(c => new ResultColumn(c.Name, c.Type.TrimEnd('?'), c.Type.EndsWith('?'))),
        ];
}
