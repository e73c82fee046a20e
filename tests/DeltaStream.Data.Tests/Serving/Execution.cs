using System.Text;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>The same act by await and by a blocked thread.</summary>
internal static class Execution
{
    public const string Token = "tok-0123456789abcdef";

    public static DeltaStreamDataSource Source(Uri address, Action<DeltaStreamOptions>? configure = null)
    {
        var options = new DeltaStreamOptions { Server = address, Token = Token };
        configure?.Invoke(options);
        return DeltaStreamDataSource.Create(options);
    }

    public static Task<int> NonQueryAsync(
        this DeltaStreamCommand command,
        bool async,
        CancellationToken cancellationToken = default
    ) => Bounded(async ? command.ExecuteNonQueryAsync(cancellationToken) : OnThread(() => command.ExecuteNonQuery()));

    public static Task<StatementResult> ResultAsync(
        this DeltaStreamCommand command,
        bool async,
        CancellationToken cancellationToken = default
    ) =>
        Bounded(
            async
                ? command.ExecuteAsync(true, cancellationToken).AsTask()
                : OnThread(() => Completed(command.ExecuteAsync(false, cancellationToken)))
        );

    public static async Task<string> TextAsync(this StatementResult source, int index, bool async)
    {
        using var partition = async
            ? await source.ReadPartitionAsync(index, true, default)
            : await OnThread(() => Completed(source.ReadPartitionAsync(index, false, default)));
        return Encoding.UTF8.GetString(partition.Rows);
    }

    public static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // A defect that makes a command wait for ever is to fail its test, not to hang the suite.
    private static Task<T> Bounded<T>(Task<T> work) => work.WaitAsync(TimeSpan.FromMinutes(1));

    // Synchronous work is done when it comes back, or it is not synchronous.
    private static T Completed<T>(ValueTask<T> work)
    {
        Assert.True(work.IsCompleted);
        return work.GetAwaiter().GetResult();
    }
}
