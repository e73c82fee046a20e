using System.Text.RegularExpressions;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>
/// The fault matrix: operation x fault x executed or not x transport. The client's words, and what it says became of the
/// statement, are true in every cell.
/// </summary>
public sealed partial class FaultMatrixTests : EndToEndTest
{
    private const string NotKnown = "It is not known whether the ";

    // PostgreSQL's classes of errors, and the members that matter here.
    private const string Postgres =
        "08000 08003 08006 08P01 09000 0A000 0F000 0L000 0P000 0Z000 20000 21000 22000 22023 23000 23505 24000 25000 25P02 26000 27000 "
        + "28000 28P01 2B000 2BP01 2D000 2F000 34000 38000 39000 3B000 3D000 3F000 40000 40001 40003 40P01 42000 42602 42704 42P01 "
        + "44000 53100 53200 53300 53400 54000 55000 55006 55P03 57P01 57P02 57P03 57P04 58000 58030 72000 F0000 HV000 P0000 P0001 XX002";

    private static readonly string[] s_reads = ["get", "list", "wait"];

    private readonly Dictionary<string, int> _cells = [];
    private int _stores;

    public static TheoryData<string, Transport> Rows
    {
        get
        {
            var rows = new TheoryData<string, Transport>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                foreach (var operation in FaultMatrix.Operations)
                {
                    rows.Add(operation, transport);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_client_is_right_about_every_fault(string operation, Transport transport)
    {
        foreach (var state in States())
        {
            await SqlErrorAsync(operation, transport, state, executed: false);
            if (!DeltaStreamException.ProvesRefusal(state))
            {
                await SqlErrorAsync(operation, transport, state, executed: true);
            }
        }

        foreach (var executed in new[] { false, true })
        {
            await LostAsync(operation, transport, executed);
        }

        FaultMatrix.Record(operation, transport, _cells);
    }

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
        };

    private async Task SqlErrorAsync(string operation, Transport transport, string state, bool executed)
    {
        Emulator.Faults.Clear();
        var kind = executed ? EmulatorFaultKind.SqlErrorAfterExecution : EmulatorFaultKind.SqlErrorBeforeExecution;
        var isProof = DeltaStreamException.ProvesRefusal(state);
        await CellAsync(
            operation,
            ClientOver(transport),
            executed,
            isProof,
            () =>
                Emulator.Faults.Add(
                    new EmulatorFault
                    {
                        Kind = kind,
                        SqlState = state,
                        Statement = WordsOf(operation),
                    }
                )
        );
        Count($"{(isProof ? "closed list" : "other SQLSTATE")}, {(executed ? "executed" : "not executed")}");
    }

    private async Task LostAsync(string operation, Transport transport, bool executed)
    {
        Emulator.Faults.Clear();
        var column = $"transport, {(executed ? "executed" : "not executed")}";
        if (transport == Transport.Postgres)
        {
            await using var relay = new Relay(Emulator.PostgresEndpoint);
            await using var dataSource = DataSourceBy(relay);
            await CellAsync(
                operation,
                ClientOf(dataSource),
                executed,
                isProof: false,
                () =>
                {
                    relay.CutAfter = executed ? WordsOf(operation) : null;
                    relay.CutBefore = executed ? null : WordsOf(operation);
                }
            );
            Count(column);
            return;
        }

        EmulatorFaultKind[] kinds = executed
            ? [EmulatorFaultKind.ResetAfterExecution, EmulatorFaultKind.TruncatedBody]
            :
            [
                EmulatorFaultKind.ResetBeforeExecution,
                EmulatorFaultKind.ServiceUnavailable,
                EmulatorFaultKind.TooManyRequests,
            ];
        foreach (var kind in kinds)
        {
            Emulator.Faults.Clear();
            await CellAsync(
                operation,
                ClientOver(transport),
                // The provider sends again what the service refused for its load.
                executed || kind == EmulatorFaultKind.TooManyRequests,
                isProof: false,
                () => Emulator.Faults.Add(new EmulatorFault { Kind = kind, Statement = WordsOf(operation) })
            );
            Count(column);
        }
    }

    /// <summary>Runs an operation on a store of its own while a fault is armed, and compares what the client says with what happened.</summary>
    private async Task CellAsync(string operation, StoreClient client, bool executed, bool isProof, Action arm)
    {
        var witness = ClientOver(Transport.Postgres);
        var store = Subtypes["kafka"].Good with { Name = $"store {++_stores}" };
        if (operation != "create")
        {
            await Clock.RunAsync(witness.CreateAsync(store));
        }

        var before = await witness.GetAsync(store.Name);
        arm();
        var failure = await Xunit.Record.ExceptionAsync(() => Clock.RunAsync(RunAsync(operation, client, store)));
        Emulator.Faults.Clear();

        var after = await witness.GetAsync(store.Name);
        var happened = operation switch
        {
            "create" => after is not null,
            "delete" => after is null,
            _ => after?.UpdatedAt != before?.UpdatedAt,
        };
        if (s_reads.Contains(operation))
        {
            Assert.False(happened);
            if (failure is not null)
            {
                Assert.Equal(StatementFate.NotSent, Assert.IsAssignableFrom<StoreException>(failure).Statement);
                Assert.DoesNotContain("executed", failure.Message, StringComparison.Ordinal);
            }
        }
        else
        {
            Assert.Equal(executed, happened);
            Judge(failure, happened, isProof);
        }

        if (after is not null)
        {
            await Clock.RunAsync(witness.DeleteAsync(store.Name));
        }
    }

    private static void Judge(Exception? failure, bool happened, bool isProof)
    {
        if (failure is null)
        {
            Assert.True(happened, "the client says that it is done, and it is not");
            return;
        }

        var told = Assert.IsAssignableFrom<StoreException>(failure);
        var words = told.Message.Contains(NotKnown, StringComparison.Ordinal);
        Assert.Equal(told.Statement == StatementFate.Unknown, words);
        Assert.True(
            told.Statement switch
            {
                StatementFate.Executed => happened,
                StatementFate.Unknown => !isProof,
                _ => !happened,
            },
            $"{told.Statement}, and it {(happened ? "happened" : "did not happen")}: {told.Message}"
        );
    }

    private Task RunAsync(string operation, StoreClient client, StoreArgs store) =>
        operation switch
        {
            "create" => client.CreateAsync(store),
            "update" => client.UpdateAsync(Subtypes["kafka"].Changed! with { Name = store.Name }),
            "delete" => client.DeleteAsync(store.Name),
            "get" => client.GetAsync(store.Name),
            "wait" => client.WaitUntilReadyAsync(store.Name),
            _ => ListAsync(client),
        };

    private static async Task ListAsync(StoreClient client)
    {
        await foreach (var _ in client.ListAsync())
        {
            // Reads to the end.
        }
    }

    private static string WordsOf(string operation) =>
        operation switch
        {
            "create" => "CREATE STORE",
            "update" => "UPDATE STORE",
            "delete" => "DROP STORE",
            _ => "SELECT name",
        };

    private void Count(string column) => _cells[column] = _cells.GetValueOrDefault(column) + 1;

    /// <summary>Every SQLSTATE of wire fact 4 and of PostgreSQL's classes, but those of success.</summary>
    private static IReadOnlyList<string> States()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "facts", "errors.md"));
        var table = page[page.IndexOf("| SQLSTATE |", StringComparison.Ordinal)..];
        var facts = table[..table.IndexOf("\n\n", StringComparison.Ordinal)]
            .Split('\n')
            .Skip(2)
            .SelectMany(row => SqlState().Matches(row.Split('|')[1]).Select(m => m.Value));
        return
        [
            .. facts.Concat(Postgres.Split(' ')).Append("ZZ999").Distinct().Where(s => s is not ("00000" or "03000")),
        ];
    }

    [GeneratedRegex("[0-9A-Z]{5,6}", RegexOptions.None, 1000)]
    private static partial Regex SqlState();
}
