using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DeltaStream.Emulator.Protocol;

/// <summary>Which sessions there are, so that a CancelRequest finds the one that it means.</summary>
internal sealed class BackendKeys
{
    private readonly ConcurrentDictionary<int, (int Secret, Session Session)> _sessions = new();
    private int _last;

    public int NextProcess() => Interlocked.Increment(ref _last);

    public int Add(int process, Session session)
    {
        var secret = RandomNumberGenerator.GetInt32(int.MaxValue);
        _sessions[process] = (secret, session);
        return secret;
    }

    public void Remove(int process) => _sessions.TryRemove(process, out _);

    public void Cancel(CancelRequest request)
    {
        if (_sessions.TryGetValue(request.Process, out var found) && found.Secret == request.Secret)
        {
            found.Session.CancelStatement();
        }
    }
}
