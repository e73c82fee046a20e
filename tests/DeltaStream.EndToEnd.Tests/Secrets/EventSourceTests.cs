using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>What SECURITY.md says of event sources, which whoever may attach to the process can enable.</summary>
public sealed class EventSourceTests : EndToEndTest
{
    [Theory]
    [InlineData(Transport.Postgres, "Npgsql.Sql")]
    [InlineData(Transport.Rest)]
    public async Task Only_the_event_source_that_SECURITY_names_shows_a_statement(
        Transport transport,
        params string[] named
    )
    {
        var store = Subtypes["kafka"].Good;
        using var tracer = new Tracer();

        await Clock.RunAsync(ClientOver(transport).CreateAsync(store));

        Assert.NotEmpty(tracer.Events);
        var showing = tracer
            .Events.Where(e => Watch.Canaries.Any(c => e.Text.Contains(c, StringComparison.OrdinalIgnoreCase)))
            .Select(e => e.Source)
            .Distinct();
        Assert.Equal(named, showing);
    }

    private sealed class Tracer : EventListener
    {
        public ConcurrentQueue<(string Source, string Text)> Events { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (
                eventSource.Name.StartsWith("Npgsql", StringComparison.Ordinal)
                || eventSource.Name.StartsWith("System.Net.", StringComparison.Ordinal)
            )
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        // The base's constructor enables sources before the fields of this class are set.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Events?.Enqueue((eventData.EventSource.Name, string.Join(' ', eventData.Payload ?? [])));
    }
}
