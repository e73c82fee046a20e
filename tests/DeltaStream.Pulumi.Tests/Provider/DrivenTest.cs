using DeltaStream.Emulator;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>A test with a provider in its own process, whose time and whose emulator's time it drives.</summary>
public abstract class DrivenTest : PulumiTest
{
    protected DrivenClock Clock { get; } = new();

    internal DrivenProvider Provider { get; private set; } = null!;

    /// <summary>How long a store is provisioning.</summary>
    protected virtual TimeSpan ProvisionDelay => TimeSpan.Zero;

    protected override bool HasAccounts => false;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Provider = await DrivenProvider.StartAsync(Clock);
        await Provider.ConfigureAsync(ConfigOf("REST"));
    }

    public override async Task DisposeAsync()
    {
        await Provider.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected override DeltaStreamEmulatorOptions Options(
        IReadOnlyList<EmulatorAccount> accounts,
        LogHook log
    ) =>
        new()
        {
            Accounts = HasAccounts ? accounts : [],
            LoggerFactory = log,
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
        };
}
