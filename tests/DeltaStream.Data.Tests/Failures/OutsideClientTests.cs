using System.Net;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

/// <summary>A client from outside has handlers of its own, which do what this provider would not.</summary>
public sealed class OutsideClientTests
{
    private const string Create = "CREATE STORE s WITH ()";

    // As the resilience handlers do that are usual with an HttpClient of a factory.
    [Theory, BothWays]
    public async Task A_handler_that_sends_again_does_not_execute_twice(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, "").Respond(Responses.Success);
        using var http = new HttpClient(new Repeating(new SocketsHttpHandler()));
        await using var source = Execution.Source(server.Address, o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Contains("second time", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests, r => r.Body.Length > 0);
    }

    [Theory, BothWays]
    public async Task A_handler_may_send_a_read_again(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, "").Respond(Responses.Success);
        using var http = new HttpClient(new Repeating(new SocketsHttpHandler()));
        await using var source = Execution.Source(server.Address, o => o.HttpClient = http);
        await using var command = source.CreateCommand("LIST STORES");

        await command.NonQueryAsync(async);

        Assert.Equal(2, server.Requests.Count(r => r.Body.Length > 0));
    }

    // Polly's TimeoutRejectedException is no HttpRequestException. The response is lost too.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_exception_of_a_handlers_own_tells_whether_the_statement_left(bool sent, bool async)
    {
        using var http = new HttpClient(new Throwing(sent));
        await using var source = Execution.Source(new("http://127.0.0.1:9"), o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Equal(sent, failure.MayHaveExecuted);
        Assert.IsType<HandlerException>(failure.InnerException);
        Assert.Contains("HttpClient of the options", failure.Message, StringComparison.Ordinal);
    }

    // HttpMessageHandler.Send throws it in a handler that can't send synchronously, and any handler may.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Whatever_a_handler_throws_carries_the_statements_fate(bool sent, bool async)
    {
        Exception[] thrown =
        [
            new NotSupportedException(),
            new NotImplementedException(),
            new InvalidOperationException(),
            new KeyNotFoundException(),
            new FormatException(),
            new AggregateException(new IOException()),
            new TimeoutException(),
            new UnauthorizedAccessException(),
        ];
        foreach (var exception in thrown)
        {
            using var http = new HttpClient(new Throwing(sent, exception));
            await using var source = Execution.Source(new("http://127.0.0.1:9"), o => o.HttpClient = http);
            await using var command = source.CreateCommand(Create);

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.Equal(sent, failure.MayHaveExecuted);
            Assert.Same(exception, failure.InnerException);
        }
    }

    [Theory, BothWays]
    public async Task Whatever_a_handler_throws_at_a_poll_comes_after_the_statement(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, """{"sqlState":"03000","statementID":"s-1"}""");
        using var http = new HttpClient(new ThrowingAtPolls(new SocketsHttpHandler()));
        await using var source = Execution.Source(server.Address, o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.OK, false)]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.BadGateway, false)]
    public async Task Whatever_a_handlers_stream_throws_comes_after_the_statement(HttpStatusCode status, bool async)
    {
        using var http = new HttpClient(new Responding(new FaultyStream(), status));
        await using var source = Execution.Source(new("http://127.0.0.1:9"), o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Equal(status, failure.HttpStatus ?? HttpStatusCode.OK);
    }

    // The platform's decompressing streams throw NullReferenceException when they are disposed of under a synchronous read.
    [Fact]
    public async Task Cancelling_a_synchronous_read_is_told_as_such_whatever_the_stream_throws()
    {
        using var body = new TornStream();
        using var http = new HttpClient(new Responding(body));
        await using var source = Execution.Source(new("http://127.0.0.1:9"), o => o.HttpClient = http);
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async: false);
        await body.Reading.WaitAsync(TimeSpan.FromMinutes(1));
        command.Cancel();

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);
        Assert.True(failure.MayHaveExecuted);
        Assert.Contains("cancelled", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Repeating(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable
                ? await base.SendAsync(request, cancellationToken)
                : response;
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = base.Send(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable
                ? base.Send(request, cancellationToken)
                : response;
        }
    }

    private sealed class Throwing(bool afterSending, Exception? exception = null) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (afterSending)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            }

            throw exception ?? new HandlerException();
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (afterSending)
            {
                request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            }

            throw exception ?? new HandlerException();
        }
    }

    private sealed class Responding(Stream body, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            return new(status) { Content = new StreamContent(body) };
        }
    }

    private sealed class ThrowingAtPolls(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            request.Method == HttpMethod.Get
                ? throw new NotSupportedException()
                : base.SendAsync(request, cancellationToken);

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Get
                ? throw new NotSupportedException()
                : base.Send(request, cancellationToken);
    }

    private sealed class FaultyStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }

    private sealed class HandlerException : Exception;

    private sealed class TornStream : MemoryStream
    {
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _disposed = new();

        public Task Reading => _reading.Task;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            _reading.TrySetResult();
            Assert.True(_disposed.Wait(TimeSpan.FromMinutes(1)));
#pragma warning disable CA2201, MA0012 // As the platform does.
            throw new NullReferenceException();
#pragma warning restore CA2201, MA0012
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (_disposed.IsSet)
            {
                return;
            }

            _disposed.Set();
            throw new IOException("It does not like to be disposed of while it is read.");
        }
    }
}
