using System.Text.Json;
using CsCheck;

namespace DeltaStream.Sdk.Tests.Subtypes;

/// <summary>The catalog writes types in its own way (wire fact 3.3), and the client reads a store with any of them.</summary>
public sealed class CatalogTypeTests
{
    public static TheoryData<string, string> Forms
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var subtype in StoreSubtypes.All)
            {
                var forms = new[] { subtype.Name, subtype.Type }.SelectMany(Ways).Distinct(StringComparer.Ordinal);
                foreach (var form in forms)
                {
                    cases.Add(form, subtype.Name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_type_is_known_in_every_form(string type, string subtype)
    {
        Assert.Equal(subtype, Of(type).Subtype?.Name);
        Assert.Same(Of(type).Subtype, StoreSubtypes.Get(type));
    }

    [Fact]
    public void Every_form_means_one_subtype_at_most() =>
        Assert.All(Forms.Select(row => (string)row[0]), type => Assert.Single(StoreSubtypes.All, s => s.Matches(type)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("_")]
    [InlineData("-_ -")]
    [InlineData("Oracle")]
    [InlineData("Kafk")]
    [InlineData("Kafkaa")]
    [InlineData("Kafka2")]
    [InlineData("Kafka!")]
    [InlineData("Kafka東西")]
    [InlineData("東西")]
    [InlineData("Kafka\0")]
    [InlineData("Kafka\n")]
    [InlineData("Ka\tfka")]
    [InlineData("Ka.fka")]
    // The Cyrillic letter, the Kelvin sign, the full-width letter, the long s.
    [InlineData("K\u0430fka")]
    [InlineData("\u212Aafka")]
    [InlineData("\uFF2Bafka")]
    [InlineData("po\u017Ftgres")]
    public void What_is_unknown_is_no_subtype(string type)
    {
        Assert.Null(Of(type).Subtype);
        Assert.False(StoreSubtypes.TryGet(type, out _));
    }

    [Fact]
    public void Even_a_type_that_is_not_there_is_no_failure()
    {
        Assert.Null(Of(null!).Subtype);
        Assert.Null(Of("Kafka\ud83d").Subtype);
        Assert.DoesNotContain(StoreSubtypes.All, s => s.Matches(null));
    }

    [Fact]
    public void A_very_long_type_is_no_failure()
    {
        Assert.Null(Of(new string('k', 1_000_000)).Subtype);
        Assert.Null(Of(new string('_', 1_000_000)).Subtype);
        Assert.Equal("kafka", Of(new string('_', 1_000_000) + "kafka").Subtype?.Name);
    }

    [Fact]
    public void Any_character_more_makes_it_unknown_but_a_separator()
    {
        var form = Gen.OneOf([.. Forms.Select(row => (Type: (string)row[0], Subtype: (string)row[1]))]);
        var character = Gen.OneOf(Gen.Char, Gen.OneOf('_', '-', ' ', '\u212A', '\u00AD', '\u200B', '\u00A0'));
        Gen.Select(form, character, Gen.Double[0, 1])
            .Sample(
                (form, character, place) =>
                {
                    var (type, subtype) = form;
                    var more = type.Insert((int)(place * type.Length), character.ToString());
                    var expected = character is '_' or '-' or ' ' ? subtype : null;
                    Assert.Equal(expected, Of(more).Subtype?.Name);
                }
            );
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var store = Of("Iceberg Rest");
        _ = store.Subtype;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = store.Subtype;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Stores_are_equal_by_what_the_catalog_says()
    {
        Assert.Equal(Of("Kafka"), Of("Kafka"));
        Assert.NotEqual(Of("Kafka"), Of("KAFKA"));
        Assert.Same(Of("Kafka").Subtype, (Of("x") with { Type = "KAFKA" }).Subtype);
    }

    [Fact]
    public void The_text_form_says_the_subtypes_name()
    {
        Assert.Contains("Type = Postgres, Subtype = postgres, ", Of("Postgres").ToString(), StringComparison.Ordinal);
        Assert.Contains("Type = Oracle, Subtype = , ", Of("Oracle").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_form_holds_what_the_catalog_says_and_goes_round()
    {
        var json = JsonSerializer.Serialize(Of("Postgres"));

        using var document = JsonDocument.Parse(json);
        Assert.Equal("Postgres", document.RootElement.GetProperty("Type").GetString());
        Assert.False(document.RootElement.TryGetProperty("Subtype", out _));
        Assert.Equal(Of("Postgres"), JsonSerializer.Deserialize<Store>(json));
        Assert.Equal("postgres", JsonSerializer.Deserialize<Store>(json)!.Subtype?.Name);
    }

    private static IEnumerable<string> Ways(string name)
    {
        var words = name.Split('-', '_');
        var pascal = words.Select(w => w[..1].ToUpperInvariant() + w[1..].ToLowerInvariant()).ToArray();
        return
        [
            name,
            name.ToLowerInvariant(),
            name.ToUpperInvariant(),
            string.Concat(pascal),
            string.Concat(words).ToLowerInvariant(),
            string.Concat(words).ToUpperInvariant(),
            string.Join(' ', pascal),
            string.Join(' ', words).ToLowerInvariant(),
            string.Join('_', words),
            string.Join('-', words),
            $" {string.Join("  ", words)} ",
        ];
    }

    private static Store Of(string type) =>
        new()
        {
            Name = "s",
            Type = type,
            State = "ready",
            Owner = "sysadmin",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
}
