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

    public void Add(StatementAnswer answer, IReadOnlyList<string> heads)
    {
        var kept = new KeptStatement(answer, heads, asyncPolls);
        lock (_gate)
        {
            _byId.Add(answer.Id, kept);
            _oldestFirst.Enqueue(kept);
            _bytes += kept.Size;
            while (_oldestFirst.Count > Most || (_bytes > MostBytes && _oldestFirst.Count > 1))
            {
                var oldest = _oldestFirst.Dequeue();
                _byId.Remove(oldest.Answer.Id);
                _bytes -= oldest.Size;
            }
        }
    }

    public KeptStatement? Find(Guid id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var kept) ? kept : null;
        }
    }

    /// <summary>Whether a poll still finds the statement running; it counts as one.</summary>
    public bool IsRunning(Guid id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var kept) && kept.PollsLeft-- > 0;
        }
    }
}

/// <summary>A statement that can be asked for.</summary>
internal sealed class KeptStatement(StatementAnswer answer, IReadOnlyList<string> heads, int pollsLeft)
{
    public StatementAnswer Answer { get; } = answer;

    /// <summary>How its statements begin, which tells faults whether they are meant.</summary>
    public IReadOnlyList<string> Heads { get; } = heads;

    /// <summary>How much memory it takes, about.</summary>
    public long Size { get; } = answer.Size + heads.Sum(h => h.Length * sizeof(char));

    /// <summary>How many polls find it running.</summary>
    public int PollsLeft { get; set; } = pollsLeft;
}
