using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>All cells of a row of the matrix: operation x fault x executed or not x what the catalog tells.</summary>
internal static partial class FaultCells
{
    // The states that prove a refusal, copied by hand from docs/facts/errors.md, so that a state which the product adds or
    // loses is false here.
    private static readonly string[] s_refusals =
    [
        .. new[] { "42601", "42602", "42622" },
        .. new[] { "28000", "28P01", "3D012", "42501" },
        .. new[] { "3D008", "3D021" },
        .. new[] { "42710", "42P001", "42P002", "42P018", "42P05" },
        .. new[] { "3D001", "3D004", "3D006", "3D009", "3D016", "3D020", "3D022", "3D025", "3D027", "42704", "42P01" },
        .. new[] { "0A000", "2BP01", "53000" },
    ];

    // What the provider calls transient: what the service calls not ready, and its timeouts (wire fact 4).
    private static readonly string[] s_transientOverRest = ["3E001", "3E002", "3E003", "3E004", "57014", "57015"];

    // After these Npgsql closes the connection, and a read is sent once more over another.
    private static readonly string[] s_closing = ["08P01", "53", "57P01", "57P02", "57P03", "58", "F0", "XX"];

    // The states of wire fact 4.
    private static readonly Lazy<HashSet<string>> s_facts = new(() =>
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "facts", "errors.md"))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .SelectMany(row => SqlState().Matches(row.Split('|')[1]).Select(m => m.Value)),
        ]
    );

    private static readonly bool[] s_both = [false, true];

    private static readonly string[] s_unreadable =
    [
        "",
        " ",
        "null",
        "true",
        "42",
        "\"00000\"",
        "[]",
        "{}",
        "{",
        "{\"sqlState\":\"00000\"",
        "{\"sqlState\":\"00000\"}}",
        "{\"sqlState\":\"00000\",}",
        "{\"sqlState\":null}",
        "{\"sqlState\":\"\"}",
        "{\"sqlState\":0}",
        "{\"sqlState\":[\"00000\"]}",
        "{\"sqlState\":\"\\ud800\"}",
        "{\"\\ud800\":1}",
        "{\"sqlState\":\"00000\",\"\\ud800\":1}",
        "{\"sqlState\":\"00000\",\"metadata\":1}",
        "{\"sqlState\":\"00000\",\"data\":{}}",
        "{\"sqlState\":\"00000\",\"statementID\":\"..\"}",
        "{\"sqlState\":\"00000\",\"metadata\":{\"encoding\":\"arrow\"}}",
        "{\"sqlState\":\"00000\",\"metadata\":{\"partitionInfo\":[{},{}]}}",
        "{\"sqlState\":\"00000\",\"metadata\":{\"dataplaneRequest\":{\"requestType\":\"streaming\"}}}",
        "{\"sqlState\":\"00000\",\"metadata\":{\"dataplaneRequest\":{\"requestType\":\"result-set\"}}}",
        "\uFEFF{",
        "{'sqlState':'00000'}",
        "sqlState=00000",
        "<html><body>Bad gateway</body></html>",
        new string('[', 5_000),
        "{\"sqlState\":\"00000\",\"message\":\"\u0000\"}",
    ];

    /// <summary>Makes the cells of a row, each with a store of its own.</summary>
    public static IReadOnlyList<FaultCell> Of(string operation, Transport transport)
    {
        IEnumerable<FaultCell> cells =
        [
            .. SqlErrors(operation, transport),
            .. transport == Transport.Postgres ? [.. Fatal(operation), .. Connections(operation)]
            // An apply takes the way of a CREATE, which meets every response.
            : operation == "apply" ? Requests(operation)
            : (IEnumerable<FaultCell>)
                [.. Requests(operation), .. Statuses(operation), .. Bodies(operation), .. Polls(operation)],
            .. IsRead(operation) ? [] : Catalog(operation, transport),
            .. Cancelled(operation, transport),
        ];
        // The statement of a list names no store, so its cells come one by one and need only one.
        return [.. cells.Select((cell, i) => cell with { Store = operation == "list" ? "s" : $"s{i}" })];
    }

    /// <summary>Every SQLSTATE of wire fact 4 and of PostgreSQL, but those of success; over REST 'not yet complete' is none either.</summary>
    public static IReadOnlyList<string> States(Transport transport)
    {
        string[] none = transport == Transport.Rest ? ["00000", "03000"] : ["00000"];
        return [.. s_facts.Value.Concat(PostgresStates()).Append("ZZ999").Distinct().Except(none)];
    }

    /// <summary>The SQLSTATEs of PostgreSQL.</summary>
    public static IEnumerable<string> PostgresStates() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "DeltaStream.EndToEnd.Tests", "Faults", "sqlstates.txt"))
            .Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split(": ")[1].Split(' '));

    /// <summary>The service gives an SQLSTATE, after it executed the statement or without.</summary>
    /// <remarks>
    /// No cell has a state of the closed list after execution: that is a server that lies about what it did. No client can see it,
    /// and docs/facts/errors.md promises nothing about it.
    /// </remarks>
    private static IEnumerable<FaultCell> SqlErrors(string operation, Transport transport) =>
        from state in States(transport)
        let isProof = s_refusals.Contains(state)
        // What a state proves does not depend on the operation: one change and one read meet them all.
        where operation is "create" or "get" || isProof || s_facts.Value.Contains(state) || IsFirst(state)
        let isTransient = transport == Transport.Rest
            ? s_transientOverRest.Contains(state)
            : new PostgresException("", "ERROR", "ERROR", state).IsTransient
        // A read changes nothing, whether it is executed or not.
        from executed in isProof || IsRead(operation) ? [false] : s_both
        select new FaultCell(operation, state)
        {
            Kind = isProof ? FaultKind.ClosedList : FaultKind.OtherState,
            Executed = executed,
            Reply = isProof ? Reply.Refusal : Reply.Open,
            // The service may say itself that there is no such store. A get returns that.
            ReadEnd =
                (state == "3D006" && operation == "get") || (transport == Transport.Postgres && Closes(state))
                    ? ReadEnd.Passes
                : isTransient ? ReadEnd.Repeatable
                : ReadEnd.Fails,
            Arm = scene =>
                scene.Emulate(
                    new EmulatorFault
                    {
                        Kind = executed
                            ? EmulatorFaultKind.SqlErrorAfterExecution
                            : EmulatorFaultKind.SqlErrorBeforeExecution,
                        SqlState = state,
                    }
                ),
        };

    public static bool IsRead(string operation) => operation is "get" or "list" or "wait";

    // The first state of its class stands for the class.
    private static bool IsFirst(string state) => state.EndsWith("000", StringComparison.Ordinal);

    private static bool Closes(string state) => s_closing.Any(c => state.StartsWith(c, StringComparison.Ordinal));

    /// <summary>A server that ends the connection proves nothing, whatever the state, not even with one of the closed list.</summary>
    /// <remarks>
    /// Each cell costs a connection: an executed CREATE meets all states, an apply the first state of each class, and everything else
    /// these and the closed list.
    /// </remarks>
    private static IEnumerable<FaultCell> Fatal(string operation) =>
        from state in States(Transport.Postgres)
        from executed in IsRead(operation) ? [false] : s_both
        where
            (operation == "create" && executed)
            || (operation != "apply" && s_refusals.Contains(state))
            || IsFirst(state)
        select Ended(operation, $"FATAL {state}", executed, PostgresMessage.Fatal(state)) with
        {
            Kind = FaultKind.Fatal,
        };

    private static IEnumerable<FaultCell> Connections(string operation)
    {
        var error = PostgresMessage.Error(('S', "ERROR"), ('V', "ERROR"), ('C', "42601"), ('M', "never told in full"));
        foreach (var executed in s_both)
        {
            yield return Ended(operation, "closed", executed, []);
            yield return Ended(operation, "reset", executed, [], reset: true);
            yield return Ended(operation, "closed in an error", executed, error[..^5]);
            yield return Ended(operation, "closed after the columns", executed, PostgresMessage.HugeRow[..40]);
            yield return Ended(operation, "not the protocol", executed, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            yield return Ended(operation, "a row too large", executed, PostgresMessage.HugeRow) with
            {
                ReadEnd = ReadEnd.Fails,
            };
        }
    }

    private static FaultCell Ended(
        string operation,
        string name,
        bool executed,
        byte[] lastWords,
        bool reset = false
    ) =>
        new(operation, name)
        {
            Kind = FaultKind.Transport,
            Executed = executed,
            // A read whose connection is lost is sent once more.
            ReadEnd = ReadEnd.Passes,
            Arm = scene =>
                scene.Break(words => new Break(words)
                {
                    ServerHears = executed,
                    LastWords = lastWords,
                    Reset = reset,
                }),
        };

    /// <summary>What happens to requests between the client and the service's statements.</summary>
    private static IEnumerable<FaultCell> Requests(string operation)
    {
        return
        [
            Emulated(EmulatorFaultKind.ResetBeforeExecution, executed: false),
            Emulated(EmulatorFaultKind.ResetAfterExecution, executed: true),
            Emulated(EmulatorFaultKind.TruncatedBody, executed: true),
            Emulated(EmulatorFaultKind.ServiceUnavailable, executed: false),
            // The provider sends again what the service refused for its load.
            Emulated(EmulatorFaultKind.TooManyRequests, executed: true) with
            {
                Reply = Reply.Success,
            },
            Emulated(EmulatorFaultKind.TooManyRequests, executed: false, times: 4) with
            {
                Reply = Reply.Refusal,
                ReadEnd = ReadEnd.Repeatable,
            },
            Replaced(operation, "headers late", new() { Executed = true, Headers = HttpHeaders.Late }) with
            {
                Reply = Reply.Success,
                ReadEnd = ReadEnd.Passes,
            },
            .. s_both.Select(executed =>
                Replaced(operation, "headers never", new() { Executed = executed, Headers = HttpHeaders.Never }) with
                {
                    ReadEnd = ReadEnd.Passes,
                }
            ),
        ];

        FaultCell Emulated(EmulatorFaultKind kind, bool executed, int times = 1) =>
            new(operation, $"{kind} x {times}")
            {
                Kind = FaultKind.Transport,
                Executed = executed,
                ReadEnd = ReadEnd.Passes,
                Arm = scene => scene.Emulate(new EmulatorFault { Kind = kind, Times = times }),
            };
    }

    private static IEnumerable<FaultCell> Statuses(string operation)
    {
        foreach (var status in new[] { 400, 401, 403, 404 })
        {
            yield return Status(status, executed: false) with
            {
                Reply = Reply.Refusal,
            };
        }

        foreach (var executed in s_both)
        {
            foreach (var status in new[] { 201, 204, 301, 307, 405, 409, 413, 418, 422, 501, 505, 599 })
            {
                yield return Status(status, executed);
            }

            foreach (var status in new[] { 408, 500, 502, 503, 504 })
            {
                yield return Status(status, executed) with
                {
                    ReadEnd = ReadEnd.Passes,
                };
            }
        }

        FaultCell Status(int status, bool executed) =>
            Replaced(
                operation,
                FormattableString.Invariant($"status {status}"),
                new() { Executed = executed, Response = () => new HttpResponseMessage((HttpStatusCode)status) }
            );
    }

    private static IEnumerable<FaultCell> Bodies(string operation)
    {
        foreach (var executed in s_both)
        {
            foreach (var body in s_unreadable)
            {
                yield return Body(body[..Math.Min(40, body.Length)], executed, () => Json(body));
            }

            yield return Body("not UTF-8", executed, () => new ByteArrayContent([(byte)'{', 0xFF, 0xFE, (byte)'}']));
            yield return Body("too large by its length", executed, TooLarge);
            yield return Body("damaged compression", executed, () => Broken(new InvalidDataException()));
            yield return Body("broken off", executed, () => Broken(new IOException())) with
            {
                ReadEnd = ReadEnd.Passes,
            };
            if (operation != "list")
            {
                yield return Body("too large", executed, () => Json($"{{\"message\":\"{new string('x', 4 << 20)}\"}}"));
            }
        }

        FaultCell Body(string name, bool executed, Func<HttpContent> content) =>
            Replaced(
                operation,
                $"body: {name}",
                new() { Executed = executed, Response = () => new HttpResponseMessage { Content = content() } }
            );
    }

    /// <summary>The service says that the statement goes on, and then the polls tell nothing.</summary>
    private static IEnumerable<FaultCell> Polls(string operation)
    {
        foreach (var executed in s_both)
        {
            yield return Replaced(
                operation,
                "202 without an ID",
                new() { Executed = executed, Response = () => Accepted("{}") }
            );
            // A poll is sent four times, and a wait polls the catalog again.
            foreach (var status in new[] { 408, 429, 500, 503 })
            {
                yield return Polled($"status {status}", executed, _ => new((HttpStatusCode)status)) with
                {
                    ReadEnd = ReadEnd.Repeatable,
                };
            }

            yield return Polled("no end", executed, _ => Accepted("{\"sqlState\":\"03000\"}")) with
            {
                ReadEnd = ReadEnd.Repeatable,
            };
            yield return Polled("a reset", executed, _ => throw new HttpRequestException()) with
            {
                ReadEnd = ReadEnd.Repeatable,
            };
            yield return Polled("status 404", executed, _ => new(HttpStatusCode.NotFound));
            yield return Polled("status 401", executed, _ => new(HttpStatusCode.Unauthorized));
            yield return Polled("no JSON", executed, _ => new() { Content = Json("<html>") });
            yield return Polled("XX000", executed, _ => new() { Content = Json("{\"sqlState\":\"XX000\"}") });
        }

        yield return Polled("42601", executed: false, _ => new() { Content = Json("{\"sqlState\":\"42601\"}") }) with
        {
            Reply = Reply.Refusal,
        };
        yield return Polled(
            "one 503, then the result",
            executed: true,
            n => n == 1 ? new(HttpStatusCode.ServiceUnavailable) : null
        ) with
        {
            Reply = Reply.Success,
            ReadEnd = ReadEnd.Passes,
        };

        FaultCell Polled(string name, bool executed, Func<int, HttpResponseMessage?> poll) =>
            Replaced(
                operation,
                $"polls: {name}",
                new()
                {
                    Executed = executed,
                    Response = () => Accepted("{\"sqlState\":\"03000\",\"statementID\":\"a-statement\"}"),
                    Poll = poll,
                }
            );
    }

    /// <summary>The reads of the catalog around the statement fail.</summary>
    private static IEnumerable<FaultCell> Catalog(string operation, Transport transport)
    {
        var (lastingState, passingState) = ("XX000", transport == Transport.Rest ? "3E001" : "57P03");
        for (var reads = 0; reads < ReadsBefore(operation); reads++)
        {
            var skip = reads;
            yield return Around("no read before the statement", executed: false, Reply.NotAsked, CatalogFact.Tells) with
            {
                Arm = scene => scene.Emulate(Failing(scene.Read, lastingState, skip)),
            };
        }

        foreach (var state in new[] { lastingState, passingState })
        {
            yield return Around($"no read after it: {state}", executed: true, Reply.Success, CatalogFact.Silent) with
            {
                Arm = scene => scene.Emulate(Failing(scene.Read, state, ReadsBefore(operation))),
            };
            foreach (var executed in s_both)
            {
                yield return Around($"no read after it: {state}", executed, Reply.Open, CatalogFact.Silent) with
                {
                    Arm = scene =>
                    {
                        scene.Emulate(Lost(executed));
                        scene.Emulate(Failing(scene.Read, state, ReadsBefore(operation)));
                    },
                };
            }
        }

        foreach (var executed in s_both)
        {
            yield return Around("no addresses", executed, Reply.Open, CatalogFact.HidesAddresses) with
            {
                Arm = scene =>
                {
                    scene.Emulate(Lost(executed));
                    scene.Emulate(Failing(scene.Describe, lastingState, skip: 0));
                },
            };
        }

        FaultCell Around(string name, bool executed, Reply reply, CatalogFact catalog) =>
            new(operation, name)
            {
                Kind = FaultKind.Catalog,
                Executed = executed,
                Reply = reply,
                Catalog = catalog,
                Arm = _ => { },
            };
    }

    /// <summary>The caller cancels: before the statement, while it is under way, while its effect is looked up, while it is awaited.</summary>
    private static IEnumerable<FaultCell> Cancelled(string operation, Transport transport)
    {
        var passingState = transport == Transport.Rest ? "3E001" : "57P03";
        yield return Cell("before it began", executed: false, Reply.NotAsked, scene => scene.Cancel());
        foreach (var executed in IsRead(operation) ? [false] : s_both)
        {
            yield return Cell(
                "while the statement was under way",
                executed,
                Reply.Open,
                scene =>
                {
                    if (transport == Transport.Postgres)
                    {
                        scene.Break(words => new Break(words) { ServerHears = executed, Meanwhile = scene.Cancel });
                    }
                    else
                    {
                        scene.Http.Arm(
                            scene.Statement,
                            new()
                            {
                                Executed = executed,
                                Headers = HttpHeaders.Never,
                                Meanwhile = scene.Cancel,
                            }
                        );
                    }
                }
            );
        }

        // The effect of an UPDATE is not looked up.
        foreach (var executed in operation is "create" or "apply" or "delete" ? s_both : [])
        {
            yield return Cell(
                "while its effect was looked up",
                executed,
                Reply.Open,
                scene =>
                {
                    scene.CancelAtPoll();
                    scene.Emulate(Lost(executed));
                    scene.Emulate(Failing(scene.Read, passingState, ReadsBefore(operation)));
                }
            );
        }

        if (operation is not ("get" or "list"))
        {
            yield return Cell(
                "while its effect was awaited",
                executed: !IsRead(operation),
                Reply.Success,
                scene =>
                {
                    scene.CancelAtPoll();
                    scene.Emulate(Failing(scene.Read, passingState, ReadsBefore(operation)));
                }
            );
        }

        FaultCell Cell(string name, bool executed, Reply reply, Action<FaultScene> arm) =>
            new(operation, $"cancelled {name}")
            {
                Kind = FaultKind.Cancelled,
                Executed = executed,
                Reply = reply,
                Catalog = CatalogFact.Silent,
                Arm = arm,
            };
    }

    private static int ReadsBefore(string operation) => operation == "wait" ? 0 : 1;

    private static EmulatorFault Failing(string statement, string state, int skip) =>
        new()
        {
            Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
            Statement = statement,
            SqlState = state,
            Skip = skip,
            Times = null,
        };

    private static EmulatorFault Lost(bool executed) =>
        new()
        {
            Kind = executed ? EmulatorFaultKind.SqlErrorAfterExecution : EmulatorFaultKind.SqlErrorBeforeExecution,
            SqlState = "40003",
        };

    private static FaultCell Replaced(string operation, string name, HttpReplacement replacement) =>
        new(operation, name)
        {
            Kind = FaultKind.Transport,
            Executed = replacement.Executed,
            Arm = scene => scene.Http.Arm(scene.Statement, replacement),
        };

    private static HttpResponseMessage Accepted(string body) => new(HttpStatusCode.Accepted) { Content = Json(body) };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static StreamContent Broken(Exception failure) => new(new BrokenStream(failure));

    private static ByteArrayContent TooLarge()
    {
        var content = new ByteArrayContent([]);
        content.Headers.ContentLength = 300_000_000;
        return content;
    }

    [GeneratedRegex("[0-9A-Z]{5,6}", RegexOptions.None, 1000)]
    private static partial Regex SqlState();
}
