using System.Data;

namespace DeltaStream.Data.Tests.Reading;

public sealed class FetchTests
{
    [Fact]
    public async Task A_cancelled_fetch_can_be_tried_again()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""");
        await using var reader = result.First();
        using var cancel = new CancellationTokenSource();
        result.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        var read = reader.ReadAsync(cancel.Token);
        Assert.False(read.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        result.Before = null;
        Assert.True(await reader.ReadAsync());
        Assert.Equal(2, reader.GetInt32(0));
        Assert.Equal([0, 1, 1], result.Fetches.Select(f => f.Index));
    }

    [Fact]
    public async Task A_cancelled_token_reads_nothing()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""");
        await using var reader = result.Read();
        var read = reader.ReadAsync(new CancellationToken(true));
        Assert.True(read.IsCanceled);
        Assert.Empty(result.Fetches);
        Assert.True(await reader.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_fetch_comes_through_as_it_is(bool async)
    {
        var failure = new DeltaStreamException("gone") { Transient = true };
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""");
        await using var reader = result.First();
        result.Before = (_, _) => Task.FromException(failure);
        var thrown = await Assert.ThrowsAsync<DeltaStreamException>(async () =>
            _ = async ? await reader.ReadAsync() : reader.Read()
        );
        Assert.Same(failure, thrown);
        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
        result.Before = null;
        Assert.True(reader.Read());
        Assert.Equal(2, reader.GetInt32(0));
    }

    [Fact]
    public async Task Two_reads_at_once_are_refused()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""");
        await using var reader = result.First();
        var gate = new TaskCompletionSource();
        result.Before = (_, _) => gate.Task;
        var first = reader.ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadAsync());
        gate.SetResult();
        Assert.True(await first);
        Assert.Equal(2, reader.GetInt32(0));
    }

    [Fact]
    public async Task A_partition_that_arrives_after_Close_is_given_back()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""");
        var reader = result.First();
        var gate = new TaskCompletionSource();
        result.Before = (_, _) => gate.Task;
        var read = reader.ReadAsync();
        reader.Close();
        gate.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => read);
        Assert.Equal(0, result.Held);
        Assert.Equal(1, result.Disposals);
    }

    [Theory]
    [InlineData(CommandBehavior.CloseConnection, true)]
    [InlineData(CommandBehavior.Default, false)]
    public async Task The_connection_is_closed_with_the_reader_if_that_was_asked_for(
        CommandBehavior behavior,
        bool closes
    )
    {
        foreach (var async in new[] { false, true })
        {
            using var connection = new OpenConnection();
            var reader = new DeltaStreamDataReader(new MemoryResult("a INTEGER", "[]"), behavior, connection);
            if (async)
            {
                await reader.DisposeAsync();
            }
            else
            {
                reader.Dispose();
            }

            Assert.Equal(closes ? ConnectionState.Closed : ConnectionState.Open, connection.State);
        }
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public async Task The_next_partition_is_fetched_ahead_from_the_third_on(bool async, int fetches)
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""", """[["3"]]""");
        await using var reader = result.Read();
        Assert.True(async ? await reader.ReadAsync() : reader.Read());
        Assert.Single(result.Fetches);
        Assert.True(async ? await reader.ReadAsync() : reader.Read());
        Assert.Equal(2, reader.GetInt32(0));
        Assert.Equal(fetches, result.Fetches.Count);
        Assert.True(async ? await reader.ReadAsync() : reader.Read());
        Assert.Equal(3, reader.GetInt32(0));
        Assert.False(async ? await reader.ReadAsync() : reader.Read());
        Assert.Equal(Enumerable.Range(0, 3).Select(i => (i, async)), result.Fetches);
    }

    [Fact]
    public async Task What_failed_ahead_is_fetched_again_when_it_is_needed()
    {
        var (result, reader) = await AtSecondAsync((_, _) => Task.FromException(new DeltaStreamException("gone")));
        await using var _ = reader;
        result.Before = null;
        Assert.True(await reader.ReadAsync());
        Assert.Equal(3, reader.GetInt32(0));
        Assert.Equal([0, 1, 2, 2], result.Fetches.Select(f => f.Index));
    }

    [Fact]
    public async Task A_fetch_ahead_that_fails_while_it_is_waited_for_comes_through()
    {
        var gate = new TaskCompletionSource();
        var (result, reader) = await AtSecondAsync((_, _) => gate.Task);
        await using var _ = reader;
        var read = reader.ReadAsync();
        var failure = new DeltaStreamException("gone");
        gate.SetException(failure);
        Assert.Same(failure, await Assert.ThrowsAsync<DeltaStreamException>(() => read));
        result.Before = null;
        Assert.True(await reader.ReadAsync());
        Assert.Equal([0, 1, 2, 2], result.Fetches.Select(f => f.Index));
    }

    [Fact]
    public async Task A_cancelled_wait_stops_the_fetch_ahead_and_can_be_tried_again()
    {
        var stopped = CancellationToken.None;
        var (result, reader) = await AtSecondAsync(
            (_, token) =>
            {
                stopped = token;
                return Task.Delay(Timeout.Infinite, token);
            }
        );
        await using var _ = reader;
        using var cancel = new CancellationTokenSource();
        var read = reader.ReadAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.True(stopped.IsCancellationRequested);
        result.Before = null;
        Assert.True(await reader.ReadAsync());
        Assert.Equal(3, reader.GetInt32(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Close_gives_back_what_is_fetched_ahead(bool arrivesLater)
    {
        var gate = new TaskCompletionSource();
        var (result, reader) = await AtSecondAsync((_, _) => gate.Task);
        if (!arrivesLater)
        {
            gate.SetResult();
        }

        await reader.DisposeAsync();
        gate.TrySetResult();
        Assert.True(await HoldsAsync(result, 0));
    }

    [Fact]
    public async Task A_synchronous_read_waits_for_no_fetch_ahead()
    {
        var gate = new TaskCompletionSource();
        var (result, reader) = await AtSecondAsync((_, _) => gate.Task);
        await using var _ = reader;
        result.Before = null;
        Assert.True(reader.Read());
        Assert.Equal(3, reader.GetInt32(0));
        gate.SetResult();
        Assert.Equal([(0, true), (1, true), (2, true), (2, false)], result.Fetches);
        Assert.True(await HoldsAsync(result, 1));
    }

    // What nobody waits for is given back on a thread of its own.
    private static Task<bool> HoldsAsync(MemoryResult result, int partitions) =>
        Task.Run(() => SpinWait.SpinUntil(() => result.Held == partitions, TimeSpan.FromSeconds(30)));

    // A reader on the row of the second of three partitions, and what happens to the fetch of the third.
    private static async Task<(MemoryResult, DeltaStreamDataReader)> AtSecondAsync(
        Func<int, CancellationToken, Task> third
    )
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""", """[["3"]]""");
        var reader = result.Read();
        Assert.True(await reader.ReadAsync());
        result.Before = (index, token) => index == 2 ? third(index, token) : Task.CompletedTask;
        Assert.True(await reader.ReadAsync());
        Assert.Equal(3, result.Fetches.Count);
        return (result, reader);
    }
}
