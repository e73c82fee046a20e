namespace DeltaStream.Emulator.Rest;

/// <summary>
/// The statements that can still be asked for, bounded by their number and by what they hold. The oldest go first.
/// </summary>
internal sealed class KeptStatements(int asyncPolls)
{
    private const int Most = 1000;
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, KeptStatement> _byId = [];
    private readonly Queue<KeptStatement> _oldestFirst = [];
    private long _bytes;

    public KeptStatement Add(StatementResponse response, IReadOnlyList<string> heads)
    {
        var kept = new KeptStatement(response, heads, asyncPolls);
        lock (_gate)
        {
            _byId.Add(response.Id, kept);
            _oldestFirst.Enqueue(kept);
            _bytes += kept.Size;
            while (_oldestFirst.Count > Most || (_bytes > MostBytes && _oldestFirst.Count > 1))
            {
                var oldest = _oldestFirst.Dequeue();
                _byId.Remove(oldest.Response.Id);
                _bytes -= oldest.Size;
            }
        }

        return kept;
    }

    public KeptStatement? Find(Guid id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Whether a poll still finds the statement running; it counts as one.</summary>
    public bool IsRunning(KeptStatement kept)
    {
        lock (_gate)
        {
            return kept.PollsLeft-- > 0;
        }
    }
}

/// <summary>A statement that can be asked for.</summary>
internal sealed class KeptStatement(StatementResponse response, IReadOnlyList<string> heads, int pollsLeft)
{
    public StatementResponse Response => response;

    /// <summary>How its statements begin, which tells faults whether they are meant.</summary>
    public IReadOnlyList<string> Heads => heads;

    /// <summary>How much memory it takes, about.</summary>
    public long Size { get; } = response.Partitions.Sum(p => p.Json.Length) + heads.Sum(h => h.Length * sizeof(char));

    /// <summary>How many polls find it running.</summary>
    public int PollsLeft { get; set; } = pollsLeft;
}
