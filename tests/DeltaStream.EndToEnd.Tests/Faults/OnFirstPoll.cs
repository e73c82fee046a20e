using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>Does something when the first poll of a wait is over.</summary>
internal sealed class OnFirstPoll(Action action) : IProgress<StoreReadiness>
{
    private bool _isOver;

    public void Report(StoreReadiness value)
    {
        if (!_isOver)
        {
            _isOver = true;
            action();
        }
    }
}
