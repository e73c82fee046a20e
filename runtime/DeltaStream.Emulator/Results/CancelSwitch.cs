namespace DeltaStream.Emulator.Results;

/// <summary>Stops the statement that a session runs, from another thread.</summary>
internal sealed class CancelSwitch
{
    private volatile bool _isOn;
    private volatile bool _isStuck;

    public bool IsOn => _isOn || _isStuck;

    /// <summary>Stops what runs now.</summary>
    public void Cancel() => _isOn = true;

    /// <summary>Stops what runs now and whatever comes.</summary>
    public void CancelForGood() => _isStuck = true;

    /// <summary>A new statement begins; an earlier request was not meant for it.</summary>
    public void Reset() => _isOn = false;
}
