using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>One column of the gate (D-005): an operation on every subtype, over each transport, by its spec alone.</summary>
public abstract class GateTest(GateOperation operation) : EndToEndTest
{
    private string _subtype = "";
    private Transport _transport;
    private int _steps;
    private bool _done;

    private protected StoreSpec Spec { get; private set; } = null!;

    /// <summary>The ways to authenticate that the accounts of the fixture show.</summary>
    private protected IReadOnlyList<Way> Ways { get; private set; } = [];

    protected StoreClient Client => ClientOver(_transport);

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        catch
        {
            _done = false;
            throw;
        }
        finally
        {
            if (_done)
            {
                GateMatrix.Passed(_subtype, _transport, operation, _steps);
            }
            else
            {
                GateMatrix.Failed(_subtype, _transport, operation);
            }
        }
    }

    /// <summary>Runs a cell of the matrix.</summary>
    protected async Task CellAsync(string subtype, Transport transport, Func<Task> cell)
    {
        (_subtype, _transport) = (subtype, transport);
        Ways = CanaryValues.WaysOf(subtype, Watch);
        Spec = Ways[0].Minimal.Spec;
        await cell();
        Assert.True(_steps > 0, "nothing was done, so nothing is shown");
        _done = true;
    }

    /// <summary>Counts a thing that was done and found right.</summary>
    protected void Step() => _steps++;

    /// <summary>Starts with a new emulator that knows some accounts and no store.</summary>
    protected Task WorldAsync(params IEnumerable<EmulatorAccount> accounts) => WorldAsync(ProvisionDelay, accounts);

    protected Task WorldAsync(TimeSpan provisionDelay, params IEnumerable<EmulatorAccount> accounts) =>
        StartAsync(
            new DeltaStreamEmulatorOptions
            {
                Password = Watch.Canary(),
                Token = Watch.Canary(),
                TimeProvider = Clock,
                ProvisionDelay = provisionDelay,
                Accounts = [.. accounts],
                LoggerFactory = Watch.Logs,
            }
        );

    private protected Task<Store> CreateAsync(Declaration declaration) =>
        Clock.RunAsync(Client.CreateAsync(declaration.ToStore()));

    private protected Task<Store> UpdateAsync(Declaration to, Declaration? from) =>
        Clock.RunAsync(Client.UpdateAsync(to.ToStore(), from?.ToStore()));

    /// <summary>An update that the SDK refuses by itself, over a way that is closed to whatever would be sent.</summary>
    private protected async Task RefusedAsync(Declaration to, Declaration from, params PropertySpec[] because)
    {
        var client = ClientOf(ClosedDataSource(_transport));
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(Subtypes.Name));

        var exception = await FailsAsync<StoreValidationException>(() =>
            client.UpdateAsync(to.ToStore(), from.ToStore())
        );

        Assert.Equal(
            because.Select(p => ($"{Spec.Subtype}.{p.Name}", StoreValidationCodes.Immutable)),
            exception.Failures.Select(f => (f.Property, f.Code))
        );
        Assert.All(
            exception.Failures,
            f =>
                Assert.Contains(
                    " in place: set it back, or delete the store and create it anew",
                    f.Message,
                    StringComparison.Ordinal
                )
        );
    }
}
