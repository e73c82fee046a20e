using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Tests.Scripted;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>
/// Two declarations where a pair of one store is taken: of two subtypes, of two names, or both. They are refused wherever the pair
/// is taken, with both values and the remedy, and nothing is sent.
/// Issue 11, number 16.
/// </summary>
public sealed class TwoStoresTests
{
    private static readonly StoreArgs s_kafkaOfOtherName = Declarations.Kafka with { Name = "other" };
    private static readonly StoreArgs s_postgresOfKafkaName = Declarations.Postgres with
    {
        Name = Declarations.Kafka.Name,
    };

    /// <summary>The pair, and what must be said of it.</summary>
    private static readonly (StoreArgs Store, StoreArgs Previous, string[] Said)[] s_pairs =
    [
        (Declarations.Kafka, s_postgresOfKafkaName, ["subtype postgres against kafka"]),
        (s_postgresOfKafkaName, Declarations.Kafka, ["subtype kafka against postgres"]),
        (Declarations.Kafka, s_kafkaOfOtherName, ["name 'other' against 'orders'"]),
        (s_kafkaOfOtherName, Declarations.Kafka, ["name 'orders' against 'other'"]),
        (
            Declarations.Kafka,
            s_postgresOfKafkaName with
            {
                Name = "b",
            },
            ["subtype postgres against kafka", "name 'b' against 'orders'"]
        ),
        (Declarations.Kafka with { Name = "ORDERS" }, Declarations.Kafka, ["name 'orders' against 'ORDERS'"]),
        (Declarations.Kafka with { Name = "Orders" }, Declarations.Kafka, ["name 'orders' against 'Orders'"]),
        (Declarations.Kafka, Declarations.Kafka with { Name = "a\u202Eb" }, ["name 'a\\u202Eb' against 'orders'"]),
    ];

    public static TheoryData<int> Pairs => [.. Enumerable.Range(0, s_pairs.Length)];

    /// <summary>Every two subtypes of the specs.</summary>
    public static TheoryData<string, string> Subtypes
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var one in FullDeclarations.All)
            {
                foreach (var other in FullDeclarations.All.Where(o => o.Subtype != one.Subtype))
                {
                    cases.Add(one.Subtype.Name, other.Subtype.Name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_statement_of_two_stores_is_refused_with_both(int pair)
    {
        var (store, previous, said) = s_pairs[pair];

        var exception = Assert.Throws<ArgumentException>("previous", () => StoreStatement.Update(store, previous));

        Assert.All(said, text => Assert.Contains(text, exception.Message, StringComparison.Ordinal));
        Assert.Contains(
            "pass the declaration of the same store as it was",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task An_update_of_two_stores_is_refused_before_anything_is_sent(int pair)
    {
        var (store, previous, said) = s_pairs[pair];
        using var dataSource = ScriptedDataSource.Responding(_ =>
            throw new InvalidOperationException("something was sent")
        );

        var refusal = await Assert.ThrowsAsync<StoreValidationException>(() =>
            new StoreClient(dataSource).UpdateAsync(store, previous)
        );

        var property = said[0][..said[0].IndexOf(' ', StringComparison.Ordinal)];
        Assert.Contains($"{store.Subtype.Name}.{property} can't be changed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StatementFate.NotSent, refusal.Statement);
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Two_subtypes_are_refused_whatever_their_properties(string one, string other)
    {
        var store = Of(one);
        var previous = Of(other) with { Name = store.Name };

        var exception = Assert.Throws<ArgumentException>("previous", () => StoreStatement.Update(store, previous));

        Assert.Contains($"subtype {other} against {one}.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            StoreValidationCodes.Immutable,
            Assert.Single(Sdk.Client.StoreUpdateRules.Check(previous, store)).Code
        );
    }

    [Fact]
    public void The_remedies_work()
    {
        Assert.Null(StoreStatement.Update(Declarations.Kafka, Declarations.Kafka));
        Assert.NotNull(StoreStatement.Update(Declarations.Kafka));
        Assert.NotNull(
            StoreStatement.Update(Declarations.Kafka, Declarations.Kafka with { Uris = "b-9.example.com:9092" })
        );
        Assert.NotNull(StoreStatement.Update(s_kafkaOfOtherName, s_kafkaOfOtherName with { Description = "other" }));
    }

    private static StoreArgs Of(string subtype) => FullDeclarations.All.First(d => d.Subtype.Name == subtype);
}
