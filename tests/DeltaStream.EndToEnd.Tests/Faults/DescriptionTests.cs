using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>
/// Another store of the name that differs in one thing that the spec's <c>describe</c> names is a conflict, over both transports.
/// </summary>
public sealed class DescriptionTests : EndToEndTest
{
    public static TheoryData<string, string, Transport> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, Transport>();
            foreach (var subtype in StoreSubtypes.All)
            {
                foreach (var property in subtype.Properties.Where(p => p.Described is not null))
                {
                    foreach (var transport in Enum.GetValues<Transport>())
                    {
                        cases.Add(subtype.Name, property.Name, transport);
                    }
                }
            }

            return cases;
        }
    }

    [Fact]
    public void The_specs_name_what_the_sources_know() =>
        Assert.Equal(
            [
                "confluent-kafka: schemaRegistryName, tlsVerifyServerHostname",
                "databricks: cloudRegion, cloudS3Bucket, warehouseId",
                "kafka: schemaRegistryName, tlsDisabled, tlsVerifyServerHostname",
                "postgres: tlsDisabled, tlsVerifyServerHostname",
                "snowflake: accountId, roleName, warehouseName",
            ],
            Cases
                .Select(c => ((string)c[0]!, (string)c[1]!))
                .Distinct()
                .GroupBy(c => c.Item1, c => c.Item2)
                .Select(g => $"{g.Key}: {string.Join(", ", g.Order(StringComparer.Ordinal))}")
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Their_store_that_differs_in_one_property_is_a_conflict(
        string subtype,
        string property,
        Transport transport
    )
    {
        var (ours, theirs) = Pair(subtype, property);
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                SqlState = "57014",
                Statement = "CREATE STORE",
            }
        );

        var lost = await FailsAsync<StoreConflictException>(() =>
            ClientOver(transport).CreateAsync(ours, new OnFirstPoll(() => Execute(StoreStatement.Create(theirs))))
        );
        var existing = await FailsAsync<StoreConflictException>(() => ClientOver(transport).CreateAsync(ours));

        Assert.Equal((StatementFate.Unknown, StatementFate.NotSent), (lost.Statement, existing.Statement));
        foreach (var exception in new[] { lost, existing })
        {
            Assert.Contains($", {property} {Shown(theirs, property)}", exception.Message, StringComparison.Ordinal);
            Assert.Contains(
                $"the declaration says {property} {Shown(ours, property)}",
                exception.Message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("delete it first", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Our_store_is_adopted(string subtype, string property, Transport transport)
    {
        var (ours, _) = Pair(subtype, property);
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorAfterExecution,
                SqlState = "57014",
                Statement = "CREATE STORE",
            }
        );

        var store = await Clock.RunAsync(ClientOver(transport).CreateAsync(ours));

        Assert.True(store.IsReady);
        Assert.Equal(1, Emulator.Faults.Injected);
    }

    // One value for each, and another for theirs.
    private (StoreArgs Ours, StoreArgs Theirs) Pair(string subtype, string property)
    {
        var good = Subtypes[subtype].Good;
        var isText = Member(good, property).PropertyType == typeof(string);
        var ours =
            isText && Member(good, property).GetValue(good) is not null
                ? good
                : With(good, property, isText ? "ours" : false);
        return (ours, With(good, property, isText ? "theirs" : true));
    }

    private static System.Reflection.PropertyInfo Member(StoreArgs store, string property) =>
        store.GetType().GetProperty(char.ToUpperInvariant(property[0]) + property[1..])!;

    private static StoreArgs With(StoreArgs store, string property, object value)
    {
        var copy = (StoreArgs)store.GetType().GetMethod("<Clone>$")!.Invoke(store, null)!;
        Member(copy, property).SetValue(copy, value);
        return copy;
    }

    private static string Shown(StoreArgs store, string property) =>
        Member(store, property).GetValue(store) is var value && value is bool flag
            ? flag
                ? "TRUE"
                : "FALSE"
            : $"{value}";

    private void Execute(StoreStatement statement)
    {
        using var command = DataSourceOver(Transport.Postgres).CreateCommand(statement.Reveal());
        command.ExecuteNonQuery();
    }
}
