using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Testing;

/// <summary>The options of a <see cref="DeltaStreamFixture"/>. The defaults suit a test.</summary>
public sealed class DeltaStreamFixtureOptions
{
    /// <summary>
    /// The subtypes of your own specs: the <c>All</c> of your project's <c>StoreSubtypes</c>. The emulator takes stores of these
    /// subtypes, checks them by their specs, and describes them. The client knows them as well. Empty by default.
    /// </summary>
    public IReadOnlyList<StoreSubtype> OwnSubtypes { get; init; } = [];

    /// <summary>
    /// The options of the emulator, such as the provisioning delay, accounts and roles. Its clock is
    /// <see cref="DeltaStreamFixture.Clock"/>, and can't be another one.
    /// </summary>
    public DeltaStreamEmulatorOptions Emulator { get; init; } = new();
}
