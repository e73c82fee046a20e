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
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>
/// A service repeats every secret of every subtype, in every encoding, cut anywhere, in errors and status messages. Nothing that
/// the client or the provider shows tells a piece of it: no message, log, progress report or activity (FR-007, FR-009).
/// </summary>
public sealed class EchoTests : IAsyncDisposable
{
    private const int Seed = 20261127;

    // As long as a piece of a secret may be that SECURITY.md promises to hide anywhere.
    private const int Piece = 12;

    private static readonly (string Name, Func<string, string> Encode)[] s_encodings =
    [
        ("as it is", text => text),
        ("upper case", text => text.ToUpperInvariant()),
        ("SQL", text => text.Replace("'", "''", StringComparison.Ordinal)),
        ("percent", Uri.EscapeDataString),
        ("percent in lower case", text => Uri.EscapeDataString(text).ToLowerInvariant()),
        ("every character in percent", text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:X2}"))),
        ("form", text => WebUtility.UrlEncode(text)),
        ("JSON", text => JsonSerializer.Serialize(text)[1..^1]),
        ("JSON of JSON", text => JsonSerializer.Serialize(JsonSerializer.Serialize(text))),
        ("every character in JSON", text => string.Concat(text.Select(c => $"\\u{(int)c:x4}"))),
        ("HTML", WebUtility.HtmlEncode),
        ("every character in HTML", text => string.Concat(text.Select(c => $"&#{(int)c};"))),
        ("base64", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        ("base64 behind a user", text => Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{text}"))),
        (
            "base64url behind a user",
            text => Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{text}")).Replace('+', '-').Replace('/', '_')
        ),
        ("hex", text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
    ];

    private readonly CanaryWatch _watch = new(Shows);
    private readonly DrivenClock _clock = new();
    private readonly PostgresStandIn _postgres;
    private Func<string, Echo> _says = _ => new Echo(null, null);

    public EchoTests() => _postgres = new PostgresStandIn(sql => EchoingPostgres.Response(sql, said => _says(said)));

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        _watch.Dispose();
    }

    [Requirement("FR-007")]
    [Theory, MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Nothing_that_the_service_repeats_tells_a_secret(string subtype, Transport transport)
    {
        var token = _watch.Canary();
        var random = new Random(Seed + subtype.Length + (int)transport);
        await using var source = DataSource(transport, token);
        var client = new StoreClient(
            source,
            new StoreClientOptions { TimeProvider = _clock, LoggerFactory = _watch.Logs }
        );
        foreach (var way in CanaryValues.WaysOf(subtype, _watch))
        {
            var full = way.Full;
            var store = full.ToStore();
            List<string> secrets =
            [
                .. full
                    .Properties.Select(p => p.Value)
                    .OfType<string>()
                    .Where(v => v.Contains("cnry", StringComparison.Ordinal)),
            ];
            if (transport == Transport.Rest)
            {
                secrets.Add(token);
            }

            foreach (var (encoding, encode) in s_encodings)
            {
                // The provider alone is not told what is in a file.
                var scene = random.Next(transport == Transport.Rest ? 4 : 3);
                var told = secrets.Where(secret => scene < 3 || !secret.Contains('\n', StringComparison.Ordinal));
                var text = "refused: " + string.Join(", ", told.Select(s => $"'{encode(s)}' and {encode(s)}"));
                var cut = text[..random.Next(9, text.Length + 1)];
                string?[] scenes = [cut, text, new string('x', random.Next(1_900, 2_000)) + text];
                // One of each, so that it takes no minutes. The subtypes and the encodings meet in other ways each.
                var said = scenes[random.Next(scenes.Length)];
                await (
                    scene switch
                    {
                        0 => ObserveAsync(client, store, new Echo(said, null), new Echo(null, said)),
                        1 => ObserveAsync(client, store, new Echo(null, null), new Echo(null, said)),
                        2 => ObserveAsync(client, store, new Echo(null, null), new Echo(said, null)),
                        _ => ObserveAsync(source, StoreStatement.Create(store).Reveal(), said!),
                    }
                );
                Assert.True(_watch.Leaks.Count == 0, $"{encoding}: {_watch.Leaks.FirstOrDefault()} of {said}");
            }
        }

        Assert.True(_watch.Seen > s_encodings.Length, "the watch saw nothing, so it proves nothing");
    }

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
                    HttpClient = new HttpClient(new EchoingHandler(sql => _says(sql))),
                }
            );

    private async Task ObserveAsync(StoreClient client, StoreArgs store, Echo onCreate, Echo onSelect)
    {
        _says = sql => sql == "CREATE" ? onCreate : onSelect;
        var progress = new Reports(_watch);
        var failure = await Record.ExceptionAsync(() => _clock.RunAsync(client.CreateAsync(store, progress)));

        Observe(Assert.IsType<StoreException>(failure, exactMatch: false));
        if (failure is StoreErroredException errored)
        {
            _watch.Look("status message", errored.Store.ToString());
            // The service says it, so the user sees it, but for the secrets.
            Assert.NotNull(errored.StatusMessage);
        }
    }

    // The provider alone, which is given no secrets.
    private async Task ObserveAsync(DbDataSource source, string sql, string said)
    {
        _says = _ => new Echo(said, null);
        await using var command = source.CreateCommand(sql);

        Observe(await Assert.ThrowsAsync<DeltaStreamException>(() => command.ExecuteNonQueryAsync()));
    }

    private void Observe(Exception failure)
    {
        _watch.Look("exception", failure.ToString());
        for (var next = failure; next is not null; next = next.InnerException)
        {
            _watch.Look("message", next.Message);
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
    private static bool Shows(string text, string canary)
    {
        var bytes = Encoding.UTF8.GetBytes(canary);
        IEnumerable<string> forms =
        [
            canary,
            Convert.ToHexString(bytes),
            Convert.ToBase64String(bytes),
            Convert.ToBase64String([0, .. bytes])[2..],
            Convert.ToBase64String([0, 0, .. bytes])[3..],
        ];
        var json = Regex.Replace(
            text,
            @"\\+u([0-9a-fA-F]{4})",
            m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()
        );
        string[] readings =
        [
            .. new[] { text, Uri.UnescapeDataString(text), WebUtility.HtmlDecode(text), json }.Select(r =>
                r.ToLowerInvariant()
            ),
        ];
        return forms
            .Select(form => form.ToLowerInvariant())
            .Any(form =>
                Enumerable
                    .Range(0, Math.Max(1, form.Length - Piece + 1))
                    .Where(i => i % 3 == 0)
                    .Select(i => form.Substring(i, Math.Min(Piece, form.Length)))
                    .Any(piece => readings.Any(r => r.Contains(piece, StringComparison.Ordinal)))
            );
    }

    private sealed class Reports(CanaryWatch watch) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => watch.Look("progress", value.ToString());
    }
}
