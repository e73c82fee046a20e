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
}
