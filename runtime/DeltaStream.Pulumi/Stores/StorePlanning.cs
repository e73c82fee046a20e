using DeltaStream.Sdk;

namespace DeltaStream.Pulumi.Stores;

/// <summary>How the plan of a resource is made.</summary>
internal static class StorePlanning
{
    /// <summary>A store that another provider's state knows is taken over: the user's stack has it.</summary>
    public static StorePlanOptions Options(StoreState? known) => new() { Adopt = known is null, DescribeAll = true };
}
