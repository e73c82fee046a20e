namespace DeltaStream.Emulator.Rest;

/// <summary>
/// The statements that can still be asked for, bounded by their number and by what they hold. The oldest go first.
/// </summary>
internal sealed class KeptStatements(int asyncPolls)
{
    private const int Most = 1000;
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Kept> _byId = [];
    private readonly Queue<Kept> _oldestFirst = [];
    private long _bytes;

    public void Add(StatementAnswer answer, string statement)
    {
        var kept = new Kept(answer, statement, asyncPolls);
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
            return _byId.TryGetValue(id, out var kept) ? new KeptStatement(kept.Answer, kept.Statement) : null;
    }

    /// <summary>Whether a poll still finds the statement running; it counts as one.</summary>
    public bool IsRunning(Guid id)
    {
        lock (_gate)
            return _byId.TryGetValue(id, out var kept) && kept.PollsLeft-- > 0;
    }

    private sealed class Kept(StatementAnswer answer, string statement, int pollsLeft)
    {
        public StatementAnswer Answer { get; } = answer;

        public string Statement { get; } = statement;

        public long Size { get; } = answer.Size + statement.Length * sizeof(char);

        public int PollsLeft { get; set; } = pollsLeft;
    }
}

/// <summary>A statement that can be asked for: its text, which tells faults whether they are meant, and its answer.</summary>
internal sealed class KeptStatement(StatementAnswer answer, string statement)
{
    public StatementAnswer Answer { get; } = answer;

    public string Statement { get; } = statement;
}
