namespace DeltaStream.Emulator.Hosting;

/// <summary>The emulator stops when it is disposed; Ctrl-C belongs to the program that it runs in.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
