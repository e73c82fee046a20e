using System.Diagnostics;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace DeltaStream.EndToEnd.Tests.Telemetry;

/// <summary>What the OpenTelemetry SDK exports of one trace. Others run in the process, and have traces of their own.</summary>
internal sealed class Trace : IDisposable
{
    private static readonly ActivitySource s_source = new("DeltaStream.EndToEnd.Tests");

    private readonly List<Activity> _exported = [];
    private readonly TracerProvider _provider;
    private readonly Activity _root;

    /// <param name="sources">The sources beside the SDK's.</param>
    public Trace(params string[] sources)
    {
        _provider = OpenTelemetry
            .Sdk.CreateTracerProviderBuilder()
            .AddSource([s_source.Name, "DeltaStream.Sdk", .. sources])
            .SetSampler(new AlwaysOnSampler())
            .AddInMemoryExporter(_exported)
            .Build();
        _root = s_source.StartActivity("test")!;
    }

    /// <summary>The spans below the test's, in the order of their starts. The trace is over.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            Dispose();
            return
            [
                .. _exported
                    .Where(a => a.TraceId == _root.TraceId && a != _root)
                    .OrderBy(a => a.StartTimeUtc)
                    .ThenBy(a => a.OperationName, StringComparer.Ordinal),
            ];
        }
    }

    public Activity this[string name] => Assert.Single(Spans, s => s.DisplayName == name);

    public IReadOnlyList<Activity> Below(Activity span) => [.. Spans.Where(s => s.ParentSpanId == span.SpanId)];

    /// <summary>The spans, each below its parent, with the states that its polls saw in turn and how it ended.</summary>
    public string Tree()
    {
        var tree = new StringBuilder();
        Write(_root, "");
        return tree.ToString().TrimEnd('\n');

        void Write(Activity parent, string indent)
        {
            foreach (var span in Below(parent))
            {
                tree.Append(indent).Append(span.DisplayName);
                var last = "";
                foreach (var poll in span.Events.Select(e => $" {e.Name}:{Assert.Single(e.Tags).Value}"))
                {
                    // How often a state is seen depends on when the clock moves.
                    tree.Append(poll == last ? "" : poll);
                    last = poll;
                }

                tree.Append(span.GetTagItem("deltastream.outcome") is { } outcome ? $" = {outcome}" : "");
                tree.Append(span.Status == ActivityStatusCode.Error ? $" ({span.GetTagItem("error.type")})" : "");
                tree.Append('\n');
                Write(span, $"{indent}  ");
            }
        }
    }

    public void Dispose()
    {
        _root.Dispose();
        _provider.Dispose();
    }
}
