namespace DeltaStream.Sdk;

/// <summary>Declarations that are data can't be read, or are not valid. Nothing was sent.</summary>
public sealed class StoreDeclarationException : Exception
{
    /// <summary>Reports faults.</summary>
    /// <param name="faults">All faults, warnings too.</param>
    public StoreDeclarationException(IReadOnlyList<StoreDeclarationFault> faults)
        : base(string.Join('\n', faults.Where(f => !f.IsWarning))) => Faults = faults;

    /// <summary>All faults, warnings too.</summary>
    public IReadOnlyList<StoreDeclarationFault> Faults { get; }
}
