using System.Buffers;
using System.Collections;
using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaStream.Data;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>
/// A service repeats every secret of every subtype, in every encoding, in every place where it may put a text, in each operation.
/// Nothing that the client or the provider shows tells a piece of it: no message, log, progress report, activity or metric (FR-007, FR-009).
/// </summary>
public sealed class EchoTests : IAsyncDisposable
{
    private const int Seed = 20261127;

    // As long as a piece of a secret may be that SECURITY.md promises to hide anywhere.
    private const int Piece = 12;

    // The provider cuts a longer text, and what is cut off would be no test.
    private const int LongestText = 1_800;

    private static readonly Dictionary<string, Func<string, string>> s_encodings = new(StringComparer.Ordinal)
    {
        ["as it is"] = text => text,
        ["upper case"] = text => text.ToUpperInvariant(),
        ["SQL"] = text => text.Replace("'", "''", StringComparison.Ordinal),
        ["backslashes"] = text => Regex.Replace(text, @"[\\'""]", @"\$0"),
        ["C, hex"] = text => Regex.Replace(text, "[^A-Za-z0-9]", m => $"\\x{(int)m.Value[0]:x2}"),
        ["C, octal"] = text =>
            Regex.Replace(text, "[^A-Za-z0-9]", m => $"\\{Convert.ToString(m.Value[0], 8).PadLeft(3, '0')}"),
        ["percent"] = Uri.EscapeDataString,
        ["percent in lower case"] = text => Uri.EscapeDataString(text).ToLowerInvariant(),
        ["percent twice"] = text => Uri.EscapeDataString(Uri.EscapeDataString(text)),
        ["every character in percent"] = text => string.Concat(Bytes(text).Select(b => $"%{b:X2}")),
        ["form"] = text => WebUtility.UrlEncode(text),
        ["JSON"] = text => JsonSerializer.Serialize(text)[1..^1],
        ["JSON of JSON"] = text => JsonSerializer.Serialize(JsonSerializer.Serialize(text)),
        ["every character in JSON"] = text => string.Concat(text.Select(c => $"\\u{(int)c:x4}")),
        ["HTML names"] = text =>
            WebUtility
                .HtmlEncode(text)
                .Replace("&#39;", "&apos;", StringComparison.Ordinal)
                .Replace("\\", "&bsol;", StringComparison.Ordinal),
        ["every character in HTML"] = text => string.Concat(text.Select(c => $"&#{(int)c};")),
        ["every character in HTML, hex"] = text => string.Concat(text.Select(c => $"&#x{(int)c:X};")),
        ["base64"] = text => Convert.ToBase64String(Bytes(text)),
        ["base64 one byte later"] = text => Convert.ToBase64String(Bytes("-" + text)),
        ["base64 two bytes later"] = text => Convert.ToBase64String(Bytes("--" + text)),
        ["base64url"] = text => Convert.ToBase64String(Bytes(text)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["Basic header"] = text => $"Authorization: Basic {Convert.ToBase64String(Bytes("user:" + text))}",
        ["base64 in lines"] = text =>
            string.Join("\r\n", Convert.ToBase64String(Bytes(text)).Chunk(16).Select(l => new string(l))),
        ["hex"] = text => Convert.ToHexString(Bytes(text)),
        ["hex in lower case"] = text => Convert.ToHexStringLower(Bytes(text)),
    };

    private static readonly Carrier[] s_failures =
    [
        Carrier.Error,
        Carrier.SqlState,
        Carrier.HttpError,
        Carrier.MediaType,
        Carrier.StatementId,
        Carrier.Handler,
        Carrier.Dataplane,
        Carrier.Fatal,
        Carrier.Notice,
    ];

    private static readonly Carrier[] s_rows =
    [
        Carrier.ErroredRow,
        Carrier.ReadyRow,
        Carrier.StatusRow,
        Carrier.TypeRow,
    ];

    private readonly CanaryWatch _watch;
    private readonly DrivenClock _clock = new();
    private readonly PostgresStandIn _postgres;
    private bool _isCut;
    private Script _script = new(Echo.None, Echo.None, Echo.None);
    private SearchValues<string> _pieces = SearchValues.Create([], StringComparison.OrdinalIgnoreCase);

    public EchoTests()
    {
        _watch = new CanaryWatch(Shows);
        _postgres = new PostgresStandIn(sql => EchoingPostgres.Response(sql, word => _script.Says(word)));
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        _watch.Dispose();
    }

    [Requirement("FR-007")]
    [Theory, MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Nothing_that_the_service_repeats_tells_a_secret(string subtype, Transport transport)
    {
        await using var source = DataSource(transport, _watch.Canary());
        var client = Client(source);
        var secrets = Secrets(subtype);
        foreach (var (property, store, secret) in secrets)
        {
            var line = secret.TrimEnd().Split('\n')[^1];
            foreach (var text in Texts(line))
            {
                foreach (var carrier in Failures(transport))
                {
                    await CreateAsync(client, store, Of(carrier), Of(Carrier.ErroredRow));
                    await ExecuteAsync(source, store, Of(carrier));
                }

                foreach (var carrier in s_rows.Where(c => c != Carrier.StatusRow))
                {
                    await CreateAsync(client, store, Echo.None, Of(carrier));
                }

                await CreateAsync(client, store, Echo.None, Of(Carrier.ReadyRow), before: Of(Carrier.TypeRow));
                await UpdateAsync(client, store, Of(Carrier.Error), Of(Carrier.ErroredRow));
                await UpdateAsync(client, store, Echo.None, Of(Carrier.ErroredRow));
                await UpdateAsync(client, store, Echo.None, Of(Carrier.ReadyRow), before: Of(Carrier.TypeRow));
                Echo Of(Carrier carrier) => new(carrier, text, subtype);
            }

            // A wait of ten minutes.
            await CreateAsync(client, store, Echo.None, new Echo(Carrier.StatusRow, $"refused: '{line}'", subtype));
            foreach (var encode in s_encodings.Values.Where(_ => line != secret))
            {
                var file = new Echo(Carrier.ErroredRow, $"refused: {encode(secret)}", subtype);
                await CreateAsync(client, store, Echo.None, file);
            }

            AssertClean(property);
        }

        Assert.True(_watch.Seen > secrets.Count * 10, "the watch saw nothing, so it proves nothing");
        string[] places =
        [
            "activity",
            "activity event",
            "activity tag db.query.text",
            "activity tag error.type",
            "metric deltastream.client.operation.duration, error.type",
            "metric deltastream.client.statements, error.type",
            "metric deltastream.store.readiness.duration, deltastream.store.subtype",
            "log value Reason of DeltaStream.Sdk.StoreClient",
        ];
        Assert.Subset(_watch.Places.ToHashSet(StringComparer.Ordinal), places.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What DESCRIBE says, and all that is read and sent while plans are made and applied.</summary>
    [Requirement("FR-007")]
    [Theory, MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Nothing_that_the_service_repeats_while_it_is_planned_tells_a_secret(
        string subtype,
        Transport transport
    )
    {
        await using var source = DataSource(transport, _watch.Canary());
        var client = Client(source);
        var clean = new Echo(Carrier.ReadyRow, "x", subtype);
        foreach (var (property, store, secret) in Secrets(subtype))
        {
            foreach (var text in Texts(secret.TrimEnd().Split('\n')[^1]))
            {
                foreach (var described in (Echo[])[Of(Carrier.DescribedRow), Of(Carrier.Error)])
                {
                    // An update that compares with what is there, a creation where something is there, and one that was lost.
                    await ObserveAsync(() => client.UpdateAsync(store), new Script(clean, Echo.None, clean, described));
                    await ObserveAsync(() => client.CreateAsync(store), new Script(clean, Echo.None, clean, described));
                    var lost = new Echo(Carrier.SqlState, text);
                    await ObserveAsync(() => client.CreateAsync(store), new Script(Echo.None, lost, clean, described));

                    // A plan is applied once.
                    foreach (
                        var script in (Script[])
                            [
                                new(clean, Echo.None, clean, described),
                                new(clean, Of(Carrier.Error), clean, described),
                                new(clean, Echo.None, Of(Carrier.ErroredRow), described),
                            ]
                    )
                    {
                        var adopted = await PlanAsync(new Script(clean, Echo.None, clean, described), null);
                        await ApplyAsync(adopted, script);
                    }
                }

                foreach (var row in s_rows)
                {
                    await PlanAsync(new Script(Of(row), Echo.None, Echo.None), null);
                }

                foreach (var failure in Failures(transport))
                {
                    await PlanAsync(new Script(Of(failure), Echo.None, Echo.None), null);
                    await ApplyAsync(await NewAsync(), new Script(Of(failure), Echo.None, Echo.None));
                    await ApplyAsync(await NewAsync(), new Script(Echo.None, Of(failure), Of(Carrier.ErroredRow)));
                }

                // What is known is another declaration, so the plan is an update or a replacement.
                var applied = await ApplyAsync(await NewAsync(), new Script(Echo.None, Echo.None, clean));
                var known = applied!.State;
                var changed = await PlanAsync(new Script(clean, Echo.None, clean, Of(Carrier.DescribedRow)), known);
                await ApplyAsync(changed, new Script(clean, Of(Carrier.Error), clean));
                await PlanAsync(new Script(Of(Carrier.ErroredRow), Echo.None, clean), known);
                await PlanAsync(new Script(Of(Carrier.StatusRow), Echo.None, clean), known);
                await PlanAsync(new Script(Of(Carrier.TypeRow), Echo.None, clean), known);

                Echo Of(Carrier carrier) => new(carrier, text, subtype);
            }

            AssertClean(property);

            Task<StorePlan?> NewAsync() => PlanAsync(new Script(Echo.None, Echo.None, Echo.None), null);

            Task<StorePlan?> PlanAsync(Script script, StoreState? known) =>
                ShownAsync(
                    () => client.PlanAsync([store], known, new StorePlanOptions { Adopt = true, DescribeAll = true }),
                    script
                );
        }

        async Task<StoreApplyResult?> ApplyAsync(StorePlan? plan, Script script) =>
            plan is null
                ? null
                : await ShownAsync(
                    () => client.ApplyAsync(plan, new StoreApplyOptions { Progress = new Events(this) }),
                    script
                );
    }

    /// <summary>Runs something, and shows all of its result or its exception to the watch.</summary>
    private async Task<T?> ShownAsync<T>(Func<Task<T>> act, Script script)
        where T : class
    {
        _script = script;
        try
        {
            var result = await _clock.RunAsync(act());
            _watch.Look("result", result.ToString());
            foreach (var planned in (result as StorePlan)?.Stores ?? [])
            {
                Observe(planned);
            }

            foreach (var applied in (result as StoreApplyResult)?.Stores ?? [])
            {
                Observe(applied.Planned);
                Observe(applied.Store);
                if (applied.Exception is not null)
                {
                    Observe(applied.Exception);
                }
            }

            return result;
        }
        catch (Exception failure)
        {
            Observe(failure);
            return null;
        }
    }

    private void Observe(PlannedStore planned)
    {
        _watch.Look("planned store", planned.ToString());
        _watch.Look("reason", planned.Reason);
        Observe(planned.Found);
        foreach (var statement in planned.Statements)
        {
            _watch.Look("statement", statement);
        }

        foreach (var change in planned.Changes)
        {
            _watch.Look("change", $"{change} {change.Old} {change.New} {change.Reason}");
        }
    }

    // Programs compare the owner, so it stays as it is.
    private void Observe(Store? store) => _watch.Look("store", store is null ? null : $"{store with { Owner = "" }}");

    [Theory, MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Nothing_that_the_service_repeats_and_cuts_tells_a_secret(string subtype, Transport transport)
    {
        _isCut = true;
        var random = new Random(Seed + subtype.Length + (int)transport);
        await using var source = DataSource(transport, _watch.Canary());
        var client = Client(source);
        foreach (var (property, store, secret) in Secrets(subtype))
        {
            // A file by its end, where the canary is.
            var end = secret[^Math.Min(secret.Length, 120)..];
            foreach (var encode in s_encodings.Values)
            {
                var text = $"refused: '{encode(end)}' and {encode(end)}";
                var cut = text[..random.Next(9, text.Length + 1)];
                var late = new string('x', random.Next(1_900, 2_000)) + text;
                var failed = new Echo(Carrier.Error, random.Next(2) == 0 ? cut : late);
                if (transport == Transport.Rest && random.Next(2) == 0)
                {
                    await ExecuteAsync(source, store, failed);
                }
                else if (random.Next(2) == 0)
                {
                    await CreateAsync(client, store, failed, Echo.None);
                }
                else
                {
                    await CreateAsync(client, store, Echo.None, failed with { Carrier = Carrier.ErroredRow });
                }
            }

            AssertClean(property);
        }
    }

    // Operations by name have no declaration. Over REST they know the token.
    [Fact]
    public async Task Nothing_that_the_service_repeats_tells_the_token()
    {
        var token = _watch.Canary("t+/k");
        await using var source = DataSource(Transport.Rest, token);
        var client = Client(source);
        var (_, store, _) = Secrets("kafka")[0];
        foreach (var text in Texts(token))
        {
            foreach (var carrier in Failures(Transport.Rest))
            {
                var failed = new Echo(carrier, text);
                await CreateAsync(client, store, failed, new Echo(Carrier.ErroredRow, text));
                await ObserveAsync(() => client.GetAsync("s"), new Script(failed, failed, failed));
                await ObserveAsync(
                    async () => await client.ListAsync().ToListAsync(),
                    new Script(failed, failed, failed)
                );
                var found = new Echo(Carrier.ReadyRow, "x");
                await ObserveAsync(() => client.DeleteAsync("s"), new Script(found, failed, Echo.None));
                await ObserveAsync(() => client.WaitUntilReadyAsync("s"), new Script(failed, failed, failed));
                await ExecuteAsync(source, store, failed);
            }
        }

        AssertClean("token");
    }

    private void AssertClean(string what) =>
        Assert.True(
            _watch.Leaks.Count == 0,
            $"{what}: {string.Join("\n\n", _watch.Leaks.Take(5).Select(l => l[..Math.Min(l.Length, 1_500)]))}"
        );

    /// <summary>Each secret property of a subtype once, with a declaration that has it.</summary>
    private List<(string Property, StoreArgs Store, string Secret)> Secrets(string subtype)
    {
        List<(string Property, StoreArgs Store, string Secret)> secrets =
        [
            .. CanaryValues
                .WaysOf(subtype, _watch)
                .SelectMany(way => way.Full.Properties.Select(p => (p.Property.Key, way.Full, p.Value as string)))
                .Where(p => p.Item3?.Contains("cnry", StringComparison.Ordinal) == true)
                .DistinctBy(p => p.Key)
                .Select(p => (p.Key, p.Full.ToStore(), p.Item3!)),
        ];
        Assert.NotEmpty(secrets);
        _pieces = SearchValues.Create([.. _watch.Canaries.SelectMany(Pieces)], StringComparison.OrdinalIgnoreCase);
        return secrets;
    }

    /// <summary>A secret in all encodings, in few messages.</summary>
    private static List<string> Texts(string secret)
    {
        var texts = new List<string>();
        var isQuoted = false;
        foreach (var encode in s_encodings.Values)
        {
            isQuoted = !isQuoted;
            var echo = isQuoted ? $"'{encode(secret)}'; " : $"{encode(secret)}; ";
            if (texts.Count > 0 && texts[^1].Length + echo.Length <= LongestText)
            {
                texts[^1] += echo;
            }
            else
            {
                texts.Add($"refused: {echo}");
            }
        }

        return texts;
    }

    private static IEnumerable<Carrier> Failures(Transport transport) =>
        s_failures.Where(carrier =>
            carrier switch
            {
                Carrier.Error or Carrier.SqlState => true,
                Carrier.Fatal or Carrier.Notice => transport == Transport.Postgres,
                _ => transport == Transport.Rest,
            }
        );

    private StoreClient Client(DbDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock, LoggerFactory = _watch.Logs });

    private DbDataSource DataSource(Transport transport, string token) =>
        transport == Transport.Postgres
            ? DeltaStreamNpgsql.CreateDataSource(
                $"Host=127.0.0.1;Port={_postgres.Port};Username=u;Password=p;Include Error Detail=true;"
                    + "Include Failed Batched Command=true",
                _watch.Logs
            )
            : DeltaStreamDataSource.Create(
                new DeltaStreamOptions
                {
                    Server = new Uri("https://echo.example/v2"),
                    Token = token,
                    HttpClient = new HttpClient(new EchoingHandler(word => _script.Says(word))),
                    TimeProvider = _clock,
                }
            );

    private Task CreateAsync(StoreClient client, StoreArgs store, Echo change, Echo after, Echo? before = null) =>
        ObserveAsync(
            () => client.CreateAsync(store, new Reports(_watch)),
            new Script(before ?? Echo.None, change, after)
        );

    private Task UpdateAsync(StoreClient client, StoreArgs store, Echo change, Echo after, Echo? before = null) =>
        ObserveAsync(
            () => client.UpdateAsync(store, previous: null, new Reports(_watch)),
            new Script(before ?? new Echo(Carrier.ReadyRow, "x", store.Subtype.Name), change, after)
        );

    // The provider alone, which is told no secrets. Over PostgreSQL it is Npgsql's.
    private async Task ExecuteAsync(DbDataSource source, StoreArgs store, Echo failed)
    {
        if (source is not DeltaStreamDataSource rest)
        {
            return;
        }

        var statement = StoreStatement.Create(store, StoreFileTransport.Attachment);
        await using var command = rest.CreateCommand(statement.Reveal());
        foreach (var (name, file) in statement.Attachments)
        {
            command.Attachments.Add(name, file.Reveal());
        }

        await ObserveAsync(() => command.ExecuteNonQueryAsync(), new Script(Echo.None, failed, Echo.None));
    }

    private async Task ObserveAsync<T>(Func<Task<T>> act, Script script)
    {
        _script = script;
        try
        {
            var result = await _clock.RunAsync(act());
            _watch.Look("status message", (result as Store)?.StatusMessage);
        }
        catch (Exception failure)
        {
            Observe(failure);
            if (!_isCut && script.Change.Carrier == Carrier.Error)
            {
                Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
                Assert.Contains("***", failure.Message, StringComparison.Ordinal);
            }

            if (!_isCut && script is { Change.Carrier: Carrier.None, After.Carrier: Carrier.ErroredRow })
            {
                Assert.Contains(
                    "***",
                    Assert.IsType<StoreErroredException>(failure).StatusMessage,
                    StringComparison.Ordinal
                );
            }
        }
    }

    private void Observe(Exception failure)
    {
        _watch.Look("exception", failure.ToString());
        if (failure is StoreErroredException errored)
        {
            // The service says it, so the user sees it, but for the secrets.
            Assert.StartsWith("refused", errored.StatusMessage!.TrimStart('x'), StringComparison.Ordinal);
        }

        for (var next = failure; next is not null; next = next.InnerException)
        {
            foreach (DictionaryEntry entry in next.Data)
            {
                _watch.Look($"data {entry.Key}", entry.Value?.ToString());
            }

            foreach (var property in next.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)))
            {
                _watch.Look($"{next.GetType().Name}.{property.Name}", (string?)property.GetValue(next));
            }
        }
    }

    /// <summary>Whether a text tells a piece of a canary, with eyes of its own: it decodes in other ways than the redaction.</summary>
    private bool Shows(string text)
    {
        var json = Regex.Replace(
            text,
            @"\\+u([0-9a-fA-F]{4})",
            m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()
        );
        string[] readings = [text, Uri.UnescapeDataString(text), WebUtility.HtmlDecode(text), json];
        return readings.Any(reading => reading.AsSpan().ContainsAny(_pieces));
    }

    private static IEnumerable<string> Pieces(string canary)
    {
        var bytes = Bytes(canary);
        string[] forms =
        [
            canary,
            Convert.ToHexString(bytes),
            Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToBase64String([0, .. bytes])[2..].TrimEnd('='),
            Convert.ToBase64String([0, 0, .. bytes])[3..].TrimEnd('='),
        ];
        return forms.SelectMany(form =>
            Enumerable
                .Range(0, Math.Max(1, form.Length - Piece + 1))
                .Select(i => form.Substring(i, Math.Min(Piece, form.Length)))
        );
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Events(EchoTests tests) : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            tests._watch.Look("event", value.ToString());
            tests.Observe(value.Store);
            if (value.Exception is not null)
            {
                tests.Observe(value.Exception);
            }
        }
    }

    private sealed class Reports(CanaryWatch watch) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => watch.Look("progress", value.ToString());
    }
}
