using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeltaStream.Data.Secrets;

namespace DeltaStream.Sdk.Telemetry;

/// <summary>The traces and metrics of the client. <c>docs/telemetry.md</c> lists each name for users.</summary>
/// <remarks>
/// Nothing is made when nobody listens. A metric has no name of a store and no text of the service: their number has no limit.
/// The duration of an operation is a metric of its own, because an operation is several statements and waits for minutes. The
/// conventions' <c>db.client.operation.duration</c> is one call of a database. Npgsql records it, so a second one would count
/// these calls twice.
/// </remarks>
internal static class StoreTelemetry
{
    public const string ErrorType = "error.type";
    public const string DbOperation = "db.operation.name";

    // How an operation, a store of an apply or a wait ended.
    public const string Done = "done";
    public const string Ready = "ready";
    public const string Errored = "errored";
    public const string Gone = "gone";
    public const string TimedOut = "timeout";
    public const string Cancelled = "cancelled";
    public const string NotAttempted = "not_attempted";
    public const string Failed = "failed";

    /// <summary>The name of the source of activities, and of the meter.</summary>
    public const string SourceName = "DeltaStream.Sdk";

    private const string Operation = "deltastream.operation";
    private const string Subtype = "deltastream.store.subtype";
    private const string Outcome = "deltastream.outcome";

    private static readonly string? s_version = typeof(StoreTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource s_source = new(SourceName, s_version);
    private static readonly Meter s_meter = new(SourceName, s_version);

    // A read takes milliseconds, and a wait up to ten minutes.
    private static readonly InstrumentAdvice<double> s_buckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 20, 30, 60, 120, 300, 600],
    };

    private static readonly Histogram<double> s_operations = s_meter.CreateHistogram(
        "deltastream.client.operation.duration",
        "s",
        "The duration of an operation of the client, with its wait.",
        tags: null,
        s_buckets
    );

    private static readonly Histogram<double> s_readiness = s_meter.CreateHistogram(
        "deltastream.store.readiness.duration",
        "s",
        "The duration of a wait for a store to be ready.",
        tags: null,
        s_buckets
    );

    private static readonly Counter<long> s_statements = s_meter.CreateCounter<long>(
        "deltastream.client.statements",
        "{statement}",
        "The statements sent, with those that read the catalog."
    );

    private static readonly Counter<long> s_polls = s_meter.CreateCounter<long>(
        "deltastream.client.polls",
        "{poll}",
        "The polls of stores. One statement polls up to 1,000 stores."
    );

    // Counted always: a wait may have begun before somebody listens.
    private static long s_waiting;

    static StoreTelemetry() =>
        s_meter.CreateObservableUpDownCounter(
            "deltastream.client.waits",
            () => Volatile.Read(ref s_waiting),
            "{wait}",
            "The waits under way."
        );

    /// <summary>Whether a statement that starts now is recorded.</summary>
    public static bool RecordsStatements => s_statements.Enabled || Activity.Current?.Source == s_source;

    /// <summary>Starts the activity of an operation, and makes it the current one.</summary>
    /// <param name="operation">What it does, such as <c>create</c>.</param>
    /// <param name="store">The store's name as it may be shown; <c>*</c> for several stores.</param>
    /// <param name="subtype">The subtype; null when it is not known.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(string operation, string store, string? subtype)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        var isOne = store != "*";
        var activity = s_source.StartActivity($"{operation} {(isOne ? "store" : "stores")}");
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(Operation, Word(operation));
            activity.SetTag("deltastream.store.name", isOne ? store : null);
            activity.SetTag(Subtype, subtype);
        }

        return activity;
    }

    /// <summary>Records an operation, and ends its activity.</summary>
    /// <param name="activity">The activity; null when nobody listened at the start.</param>
    /// <param name="operation">What it did.</param>
    /// <param name="subtype">The subtype; null when it is not known.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="failure">The exception that the caller gets; null for none.</param>
    public static void End(
        Activity? activity,
        string operation,
        string? subtype,
        TimeSpan elapsed,
        string outcome,
        Exception? failure = null
    )
    {
        if (s_operations.Enabled)
        {
            var tags = new TagList { { Operation, Word(operation) }, { Outcome, outcome } };
            Add(ref tags, Subtype, subtype);
            Add(ref tags, ErrorType, failure?.GetType().FullName);
            s_operations.Record(elapsed.TotalSeconds, tags);
        }

        End(activity, outcome, failure);
    }

    /// <summary>Ends an activity.</summary>
    public static void End(Activity? activity, string outcome, Exception? failure = null)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag(Outcome, outcome);
        if (failure is not null)
        {
            activity.SetTag(ErrorType, failure.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error, Reason(failure));
        }

        activity.Dispose();
    }

    /// <summary>Why something failed, as logs and traces say it: on one line and without secrets.</summary>
    public static string Reason(Exception failure) =>
        // Nobody knows what is in the message of another's exception.
        failure is StoreException
            ? ServiceText.Visible(failure.Message)
            : failure.GetType().Name;

    /// <summary>Adds what a poll showed to the activity of an operation that waits.</summary>
    /// <param name="activity">The activity; null when nobody listens.</param>
    /// <param name="state">The state, without secrets; null when the store is not visible.</param>
    /// <param name="failure">Why the poll failed; null when it did not.</param>
    public static void Seen(Activity? activity, string? state, Exception? failure)
    {
        if (activity is { IsAllDataRequested: true })
        {
            var (key, value) = failure is null
                ? ("deltastream.store.state", state ?? "not visible")
                : (ErrorType, failure.GetType().FullName);
            activity.AddEvent(new ActivityEvent("poll", tags: new ActivityTagsCollection([new(key, value)])));
        }
    }

    /// <summary>Counts the polls of one query.</summary>
    public static void Polled(int stores, Exception? failure)
    {
        if (s_polls.Enabled)
        {
            var tags = new TagList();
            Add(ref tags, ErrorType, failure?.GetType().FullName);
            s_polls.Add(stores, tags);
        }
    }

    public static void WaitStarted() => Interlocked.Increment(ref s_waiting);

    public static void WaitEnded() => Interlocked.Decrement(ref s_waiting);

    /// <summary>Records how long a wait for readiness took.</summary>
    public static void Waited(string subtype, string outcome, TimeSpan elapsed)
    {
        if (s_readiness.Enabled)
        {
            s_readiness.Record(elapsed.TotalSeconds, new TagList { { Subtype, subtype }, { Outcome, outcome } });
        }
    }

    /// <summary>Starts the activity of a statement below that of its operation.</summary>
    /// <returns>Null when nobody listens, and for a statement of the poller: each operation that waits has an event of it.</returns>
    public static Activity? StartStatement(string name) =>
        Activity.Current?.Source == s_source ? s_source.StartActivity(name, ActivityKind.Client) : null;

    /// <summary>Counts a statement.</summary>
    public static void Sent(string operation, string? errorType)
    {
        var tags = new TagList { { DbOperation, operation } };
        Add(ref tags, ErrorType, errorType);
        s_statements.Add(1, tags);
    }

    private static void Add(ref TagList tags, string key, string? value)
    {
        if (value is not null)
        {
            tags.Add(key, value);
        }
    }

    // A value of one word. Spans and messages say 'wait for store'.
    private static string Word(string operation) => operation == "wait for" ? "wait" : operation;
}
