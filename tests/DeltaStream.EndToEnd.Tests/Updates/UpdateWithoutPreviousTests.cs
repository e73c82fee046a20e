using System.Collections.Concurrent;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Validation;
using Microsoft.Extensions.Logging;

namespace DeltaStream.EndToEnd.Tests.Updates;

/// <summary>
/// An update without the previous declaration: what can't be sent is compared with what the service shows, and what the service
/// does not show is named in the log. Nobody hears 'ready' of a change that was silently left out.
/// Issue 11, number 15.
/// </summary>
public sealed class UpdateWithoutPreviousTests : EndToEndTest
{
    private readonly ConcurrentQueue<string> _log = [];

    /// <summary>What differs, and what the refusal says of it: both values.</summary>
    public static TheoryData<string, Transport> ReadableChanges =>
        Each(
            "databricks.warehouseId",
            "databricks.cloudS3Bucket",
            "databricks.cloudRegion",
            "kafka.schemaRegistryName",
            "confluent-kafka.schemaRegistryName"
        );

    /// <summary>What can't be changed in place, and no service shows.</summary>
    public static TheoryData<string, Transport> HiddenChanges
    {
        get
        {
            var hidden = StoreSubtypes.All.SelectMany(s =>
                s.Properties.Where(p => !p.Mutable && (p.Secret || p.Described is null))
                    .Select(p => $"{s.Name}.{p.Name}")
            );
            return Each([.. hidden]);
        }
    }

    [Theory]
    [MemberData(nameof(ReadableChanges))]
    public async Task A_change_that_the_service_shows_is_refused_with_both_values(string property, Transport transport)
    {
        var (subtype, name) = Split(property);
        var good = Subtypes[subtype].Good;
        var isTakenAway = name == "schemaRegistryName";
        var before = isTakenAway ? With(good, name, "registry") : good;
        var after = isTakenAway ? good : With(good, name, "another-one");
        await Clock.RunAsync(ClientOver(transport).CreateAsync(before));
        var updated = await ClientOver(transport).GetAsync(Subtypes.Name);

        var refusal = await FailsAsync<StoreValidationException>(() => ClientOver(transport).UpdateAsync(after));

        var failure = Assert.Single(refusal.Failures);
        Assert.Equal((StoreValidationCodes.Immutable, StatementFate.NotSent), (failure.Code, refusal.Statement));
        Assert.Equal(
            isTakenAway
                ? $"{property} can't be taken away (it is 'registry') in place: set it back, or delete the store and create it anew"
                : $"{property} can't be changed from '{Member(good, name).GetValue(good)}' to 'another-one' in place: set it back, or delete the store and create it anew",
            failure.Message
        );
        Assert.Equal(updated, await ClientOver(transport).GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(HiddenChanges))]
    public async Task A_change_that_nobody_can_see_is_named_in_the_log(string property, Transport transport)
    {
        var (subtype, name) = Split(property);
        var good = Subtypes[subtype].Good;
        var kind = good.Subtype.Properties.Single(p => p.Name == name).Kind;
        var old = Member(good, name).GetValue(good);
        object other =
            kind == StorePropertyKind.Integer ? 8443L
            : name == "accountId" ? (object)new Secret("210987654321")
            : name == "region" ? "eu-central-1"
            : name == "tlsProtocols" ? "TLSv1.3"
            : "TLS_AES_256_GCM_SHA384";
        var after = With(good, name, other);
        await Clock.RunAsync(ClientOver(transport).CreateAsync(good));

        var updated = await Clock.RunAsync(LoggingClient(transport).UpdateAsync(after));

        Assert.True(updated.IsReady);
        Assert.Contains(name, NotCompared(good));
    }

    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task The_log_names_what_was_neither_sent_nor_compared(string subtype, Transport transport)
    {
        var good = Subtypes[subtype].Good;
        await Clock.RunAsync(ClientOver(transport).CreateAsync(good));

        var updated = await Clock.RunAsync(LoggingClient(transport).UpdateAsync(good));

        Assert.True(updated.IsReady);
        var names = NotCompared(good);
        foreach (var property in good.Subtype.Properties)
        {
            var isHidden = property.Secret || (property.Described is null && property.Kind != StorePropertyKind.Uris);
            // The service shows NULL of a schema registry that the store does not have, which tells nothing.
            var isShown = !isHidden && property.Name != "schemaRegistryName";
            Assert.False(
                names.Contains(property.Name) && isShown,
                $"{property.Name} is shown by the service, and the log says that it was not compared"
            );
            if (isHidden && !property.Mutable)
            {
                Assert.Contains(property.Name, names);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task When_the_service_does_not_describe_the_store_the_log_names_all_of_it(Transport transport)
    {
        var good = Subtypes["databricks"].Good;
        await Clock.RunAsync(ClientOver(transport).CreateAsync(good));
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                SqlState = "42501",
                Statement = "DESCRIBE STORE",
            }
        );

        await Clock.RunAsync(LoggingClient(transport).UpdateAsync(With(good, "cloudRegion", "eu-west-1")));

        Assert.Equal(1, Emulator.Faults.Injected);
        Assert.Equal(
            ["warehouseId", "warehousePort", "cloudS3Bucket", "cloudRegion", "description"],
            NotCompared(good)
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_change_in_place_is_applied_as_ever(Transport transport)
    {
        var (good, changed, _) = Subtypes["databricks"];
        await Clock.RunAsync(ClientOver(transport).CreateAsync(good));
        var before = await ClientOver(transport).GetAsync(Subtypes.Name);

        var updated = await Clock.RunAsync(ClientOver(transport).UpdateAsync(changed!));

        Assert.True(updated.IsReady);
        Assert.True(updated.UpdatedAt > before!.UpdatedAt);
    }

    [Fact]
    public async Task Another_owner_is_refused_with_both()
    {
        var good = Subtypes["kafka"].Good;
        await StartAsync(
            new DeltaStreamEmulatorOptions
            {
                TimeProvider = Clock,
                Accounts = Subtypes.Accounts,
                Roles = ["sysadmin", "other"],
                LoggerFactory = Watch.Logs,
            }
        );
        await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(good with { Owner = "other" }));

        var refusal = await FailsAsync<StoreValidationException>(() =>
            ClientOver(Transport.Rest).UpdateAsync(good with { Owner = "sysadmin" })
        );

        Assert.Contains(
            "kafka.owner can't be changed from 'other' to 'sysadmin' in place",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    private static TheoryData<string, Transport> Each(params string[] properties)
    {
        var cases = new TheoryData<string, Transport>();
        foreach (var property in properties)
        {
            foreach (var transport in Enum.GetValues<Transport>())
            {
                cases.Add(property, transport);
            }
        }

        return cases;
    }

    private static (string Subtype, string Name) Split(string property) =>
        (
            property[..property.IndexOf('.', StringComparison.Ordinal)],
            property[(property.IndexOf('.', StringComparison.Ordinal) + 1)..]
        );

    private static System.Reflection.PropertyInfo Member(StoreArgs store, string property) =>
        store.GetType().GetProperty(char.ToUpperInvariant(property[0]) + property[1..])!;

    private static StoreArgs With(StoreArgs store, string property, object value)
    {
        var copy = (StoreArgs)store.GetType().GetMethod("<Clone>$")!.Invoke(store, null)!;
        var member = Member(copy, property);
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        member.SetValue(
            copy,
            value is IConvertible
                ? Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture)
                : value
        );
        return copy;
    }

    private StoreClient LoggingClient(Transport transport) =>
        new(
            DataSourceOver(transport),
            new StoreClientOptions { TimeProvider = Clock, LoggerFactory = new Lines(_log) }
        );

    // The names in the one line that says what was not compared. It is a warning where one of them can't be changed in place.
    private string[] NotCompared(StoreArgs store)
    {
        const string Start = "whether they differ from the declaration: ";
        var line = Assert.Single(_log, l => l.Contains(Start, StringComparison.Ordinal));
        var names = line[(line.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..];
        var properties = names[..names.IndexOf('.', StringComparison.Ordinal)].Split(", ");
        var isWarning = properties.Any(n => !store.Subtype.Properties.Single(p => p.Name == n).Mutable);
        Assert.StartsWith(isWarning ? "Warning: " : "Information: ", line, StringComparison.Ordinal);
        return properties;
    }

    /// <summary>The lines at Information and above.</summary>
    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
