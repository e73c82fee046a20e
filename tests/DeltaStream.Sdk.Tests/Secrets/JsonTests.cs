using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaStream.Sdk.Tests.Secrets;

/// <summary>
/// JSON of a declaration has what the declaration says, and nothing else: not the spec of the subtype, no secret and no content
/// of a file. By reflection and by source generation, as the record and as the base type.
/// Issue 11, number 4.
/// </summary>
public sealed class JsonTests
{
    public static TheoryData<string> Subtypes() => new(FullDeclarations.All.Select(d => d.Subtype.Name));

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Each_record_is_written_with_its_properties_only(string subtype)
    {
        var store = Of(subtype);
        var expected = store
            .Subtype.Properties.Select(p => char.ToUpperInvariant(p.Name[0]) + p.Name[1..])
            .Union(["Name", "Owner", "Description"])
            .Order(StringComparer.Ordinal);

        foreach (var json in Written(store))
        {
            Assert.Equal(expected, Names(json).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(FullDeclarations.Canary, json, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void The_base_type_is_written_with_what_every_store_has(string subtype)
    {
        var store = Of(subtype);

        foreach (
            var json in new[]
            {
                JsonSerializer.Serialize<StoreArgs>(store),
                JsonSerializer.Serialize(store, Context.Default.StoreArgs),
            }
        )
        {
            Assert.Equal(["Description", "Name", "Owner"], Names(json).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void A_copy_and_a_list_are_written_alike(string subtype)
    {
        var store = Of(subtype);

        Assert.Equal(
            JsonSerializer.Serialize((object)store),
            JsonSerializer.Serialize((object)(store with { Name = store.Name }))
        );
        Assert.DoesNotContain(
            "\"Subtype\"",
            JsonSerializer.Serialize(new object[] { store }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_subtype_has_its_record_in_the_context() =>
        Assert.All(FullDeclarations.All, d => Assert.NotNull(Context.Default.GetTypeInfo(d.GetType())));

    private static StoreArgs Of(string subtype) => FullDeclarations.All.Single(d => d.Subtype.Name == subtype);

    private static IEnumerable<string> Written(StoreArgs store) =>
        [
            JsonSerializer.Serialize(store, store.GetType()),
            JsonSerializer.Serialize((object)store),
            JsonSerializer.Serialize(store, store.GetType(), Context.Default),
        ];

    private static IEnumerable<string> Names(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => p.Name)];
    }
}

/// <summary>Every record, for source generation.</summary>
[JsonSerializable(typeof(StoreArgs))]
[JsonSerializable(typeof(ClickhouseStoreArgs))]
[JsonSerializable(typeof(ConfluentKafkaStoreArgs))]
[JsonSerializable(typeof(DatabricksStoreArgs))]
[JsonSerializable(typeof(IcebergGlueStoreArgs))]
[JsonSerializable(typeof(IcebergRestStoreArgs))]
[JsonSerializable(typeof(KafkaStoreArgs))]
[JsonSerializable(typeof(KinesisStoreArgs))]
[JsonSerializable(typeof(PostgresStoreArgs))]
[JsonSerializable(typeof(S3StoreArgs))]
[JsonSerializable(typeof(SnowflakeStoreArgs))]
internal sealed partial class Context : JsonSerializerContext;
