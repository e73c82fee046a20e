using System.Text;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Timeouts;

public sealed class TimeoutTests
{
    private const string Create = "CREATE STORE s WITH ()";

    [Theory, BothWays]
    public async Task Headers_that_do_not_come_are_waited_for_as_set(bool async)
    {
        await using var server = Silent();
        var clock = new SteppedClock();
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.TimeProvider = clock;
                o.ResponseHeaderTimeout = TimeSpan.FromSeconds(42);
            }
        );
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await ArrivedAsync(server);
        await clock.PassSecondsAsync(42);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Contains("within 42 seconds, the response header timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'Response Header Timeout'", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.MayHaveExecuted);
        Assert.True(failure.IsTransient);
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Equal(1, server.Posts);
    }

    [Theory, BothWays]
    public async Task The_commands_timeout_ends_a_wait_for_headers(bool async)
    {
        await using var server = Silent();
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("SELECT 1");
        command.CommandTimeout = 17;

        var execution = command.NonQueryAsync(async);
        await ArrivedAsync(server);
        await clock.PassSecondsAsync(17);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Contains("within 17 seconds, its command timeout", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveExecuted);
        Assert.Equal(1, server.Posts);
    }

    [Theory, BothWays]
    public async Task The_commands_timeout_ends_a_body_that_stops(bool async)
    {
        var clock = new SteppedClock();
        await using var server = HalfResponse();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await ArrivedAsync(server);
        await clock.PassSecondsAsync(300);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Contains("300 seconds, its command timeout", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.MayHaveExecuted);
    }

    [Theory, BothWays]
    public async Task A_body_may_take_longer_than_the_headers(bool async)
    {
        var clock = new SteppedClock();
        var body = new GatedStream(Encoding.UTF8.GetBytes(Responses.Success));
        using var http = new HttpClient(new Responding(body));
        await using var source = Execution.Source(
            new("http://127.0.0.1:9"),
            o =>
            {
                o.TimeProvider = clock;
                o.HttpClient = http;
            }
        );
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await body.Reading.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(299));
        body.Open();

        Assert.Equal(-1, await execution);
    }

    [Theory, BothWays]
    public async Task A_connection_that_is_not_made_is_waited_for_as_set(bool async)
    {
        // Takes the connection and never says a word of TLS. The connect timeout is the HTTP stack's own, by real time.
        await using var server = new RawServer((connection, _) => connection.HangAsync());
        var clock = new SteppedClock();
        await using var source = Execution.Source(
            new UriBuilder(server.Address) { Scheme = "https" }.Uri,
            o =>
            {
                o.TimeProvider = clock;
                o.ConnectTimeout = TimeSpan.FromMilliseconds(50);
            }
        );
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Contains("within 0.05 seconds, the connect timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'Connect Timeout'", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveExecuted);
        Assert.True(failure.IsTransient);
        // Under load a try may end before the connection is there; how many tries there were, the pauses have told.
        Assert.InRange(server.Connections, 0, 4);
    }

    [Theory, BothWays]
    public async Task A_client_of_the_user_keeps_its_own_timeout(bool async)
    {
        await using var server = Silent();
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };
        await using var source = Execution.Source(server.Address, o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains("HttpClient.Timeout", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        Assert.Equal(1, server.Posts);
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_for_headers_at_once()
    {
        await using var server = Silent();
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Create);
        using var cancel = new CancellationTokenSource();

        var execution = command.ExecuteNonQueryAsync(cancel.Token);
        await ArrivedAsync(server);
        await cancel.CancelAsync();

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
        Assert.Equal(cancel.Token, end.CancellationToken);
    }

    [Fact]
    public async Task Cancellation_ends_a_body_at_once()
    {
        await using var server = HalfResponse();
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Create);
        using var cancel = new CancellationTokenSource();

        var execution = command.ExecuteNonQueryAsync(cancel.Token);
        await ArrivedAsync(server);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Cancel_ends_the_execution_at_once(bool body, bool async)
    {
        await using var server = body ? HalfResponse() : Silent();
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await ArrivedAsync(server);
        command.Cancel();
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException);
        Assert.True(failure.MayHaveExecuted);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await using var server = Silent();
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Create);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            command.ExecuteNonQueryAsync(new CancellationToken(true))
        );

        Assert.Equal(0, server.Connections);
    }

    [Theory, BothWays]
    public async Task A_data_source_that_is_disposed_of_ends_its_commands(bool async)
    {
        await using var server = Silent();
        var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await ArrivedAsync(server);
        await source.DisposeAsync();
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Contains("disposed of", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => command.NonQueryAsync(async));
        Assert.Throws<ObjectDisposedException>(() => source.CreateConnection());
    }

    private static RawServer Silent() =>
        new(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.HangAsync();
            }
        );

    private static RawServer HalfResponse() =>
        new(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{");
                await connection.HangAsync();
            }
        );

    private static Task ArrivedAsync(RawServer server) => server.FirstRequest.WaitAsync(TimeSpan.FromMinutes(1));

    private sealed class Responding(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new() { Content = new StreamContent(body) };
    }

    /// <summary>A body that tells when it is read, and gives nothing until it is opened.</summary>
    private sealed class GatedStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reading => _reading.Task;

        public void Open() => _open.SetResult();

        public override int Read(byte[] buffer, int offset, int count)
        {
            _reading.TrySetResult();
            _open.Task.GetAwaiter().GetResult();
            return base.Read(buffer, offset, count);
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            _reading.TrySetResult();
            await _open.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
