using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace DeltaStream.TestSupport;

/// <summary>Watches whether a secret shows up anywhere: in a log of any level, an exception, an activity, a metric.</summary>
/// <remarks>
/// It sees every exception of the process as it is thrown, also those that are caught, every activity of every source, and the
/// attributes of every metric of this project.
/// Logs reach it through <see cref="Logs"/>.
/// </remarks>
public sealed class CanaryWatch : IDisposable
{
    private const string Mark = "cnry";

    private readonly ConcurrentBag<string> _canaries = [];
    private readonly ConcurrentDictionary<string, bool> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConditionalWeakTable<Exception, object?> _exceptions = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _metrics = new();
    private readonly Func<string, bool> _sees;
    private readonly bool _isEcho;
    private int _seen;

    [ThreadStatic]
    private static bool s_looking;

    /// <param name="sees">
    /// Whether a text shows a canary; null for a text that holds one, in any letter case. A canary that others repeat is in the
    /// exceptions of a transport, so the exceptions that are caught are not watched then.
    /// </param>
    public CanaryWatch(Func<string, bool>? sees = null)
    {
        // Each canary begins with the mark, and most texts have none.
        _sees = sees ?? (text => Holds(text, Mark) && _canaries.Any(canary => Holds(text, canary)));
        _isEcho = sees is not null;
        Logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Provider(this)));
        if (!_isEcho)
        {
            AppDomain.CurrentDomain.FirstChanceException += OnException;
        }

        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = OnActivity,
        };
        ActivitySource.AddActivityListener(_activities);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("DeltaStream.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => OnMetric(instrument, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => OnMetric(instrument, tags));
        _metrics.Start();
    }

    /// <summary>Where everything under test logs, at Trace.</summary>
    public ILoggerFactory Logs { get; }

    /// <summary>The secrets that were made so far, without the texts around them.</summary>
    public IReadOnlyCollection<string> Canaries => _canaries;

    /// <summary>The texts looked at so far; a watch that saw nothing proves nothing.</summary>
    public int Seen => Volatile.Read(ref _seen);

    /// <summary>Where it looked.</summary>
    public IEnumerable<string> Places => _places.Keys;

    /// <summary>Where secrets showed up.</summary>
    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>Makes a secret to look for; the text around the canary is the caller's.</summary>
    public string Canary(string prefix = "", string suffix = "")
    {
        var canary = $"{Mark}{Guid.NewGuid():N}";
        _canaries.Add(canary);
        return $"{prefix}{canary}{suffix}";
    }

    /// <summary>Makes a secret of at most so many characters, for what takes no longer one.</summary>
    public string CanaryOf(int length)
    {
        var canary = Canary();
        if (length >= canary.Length)
        {
            return canary;
        }

        // Shorter than this, it could show up by chance; what is that short is not watched for.
        const int Shortest = 12;
        var cut = canary[..length];
        if (length >= Shortest)
        {
            _canaries.Add(cut);
        }

        return cut;
    }

    /// <summary>Looks for secrets in a text.</summary>
    public void Look(string where, string? text)
    {
        Interlocked.Increment(ref _seen);
        _places.TryAdd(where, true);
        if (text is not null && _sees(text))
        {
            _leaks.Enqueue($"{where}: {text}");
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        _activities.Dispose();
        _metrics.Dispose();
        Logs.Dispose();
    }

    private static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private void OnException(object? sender, FirstChanceExceptionEventArgs e)
    {
        // Making the text may throw and be seen in turn. It is dear, and each method on the way up throws the same again.
        if (s_looking || !_exceptions.TryAdd(e.Exception, null))
        {
            return;
        }

        s_looking = true;
        try
        {
            Look("exception", TextOf(e.Exception));
        }
        finally
        {
            s_looking = false;
        }
    }

    // A cause that was seen when it was thrown is not written again: its stack trace takes longer than all the rest.
    private string TextOf(Exception exception) =>
        exception.InnerException is { } cause && _exceptions.TryGetValue(cause, out _)
            ? $"{exception.GetType()}: {exception.Message} {string.Join(' ', exception.Data.Values.Cast<object?>())}"
            : exception.ToString();

    private void OnActivity(Activity activity)
    {
        Look("activity", $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
        foreach (var (key, value) in activity.TagObjects)
        {
            Look($"activity tag {key}", value?.ToString());
        }

        foreach (var activityEvent in activity.Events)
        {
            Look("activity event", $"{activityEvent.Name} {string.Join(' ', activityEvent.Tags.Select(t => t.Value))}");
        }
    }

    private void OnMetric(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            Look($"metric {instrument.Name}, {key}", value?.ToString());
        }
    }

    private sealed class Provider(CanaryWatch watch) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(watch, categoryName);

        public void Dispose() { }
    }

    private sealed class Logger(CanaryWatch watch, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            watch.Look($"log scope of {category}", state.ToString());
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            watch.Look($"log of {category}", formatter(state, exception));
            watch.Look($"exception in log of {category}", exception?.ToString());
            foreach (var (key, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                watch.Look($"log value {key} of {category}", value?.ToString());
            }
        }
    }
}
