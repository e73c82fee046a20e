using CsCheck;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Tests.Quoting;

namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>NFR-002: an override changes only one key and the form of its value, or the client refuses it.</summary>
public sealed class OverridePropertyTests
{
    private static readonly (StoreArgs Store, int Index)[] s_properties =
    [
        .. FullDeclarations.All.SelectMany(store => store.Subtype.Properties.Select((_, i) => (store, i))),
    ];

    private static readonly Gen<string> s_key = Gen.OneOf(
        Gen.OneOf("a", "other.key", "a_1.b", "type", "uris", "description", "schema_registry.name", "tls.disabled"),
        Gen.OneOf(
                Gen.OneOf("a", "z9", "_", ".", "..", "'", "\"", "''", " ", "=", ",", ")", ";", "--", "A", "\u0430"),
                Gen.OneOf("\u2019", "\uff07", "\\", "\n", "\0", "\ud83d", "NULL", "type", "@cacert"),
                Gen.Char.Select(c => c.ToString())
            )
            .Array[0, 6]
            .Select(string.Concat)
    );

    private static readonly Gen<StorePropertyKind?> s_kind = Gen.OneOf<StorePropertyKind?>(
        null,
        null,
        StorePropertyKind.String,
        StorePropertyKind.Identifier,
        StorePropertyKind.Enum,
        StorePropertyKind.File,
        (StorePropertyKind)42
    );

    [Fact]
    public void An_override_is_refused_or_changes_its_key_and_form_alone()
    {
        var (made, refused) = (0, 0);
        Gen.Select(Gen.Int[0, s_properties.Length - 1], s_key, s_kind)
            .Sample(
                (place, key, kind) =>
                {
                    var (store, index) = s_properties[place];
                    var property = store.Subtype.Properties[index];
                    if (Make($"{store.Subtype.Name}.{property.Name}", new StoreKeyOverride(key, kind)) is not { } keys)
                    {
                        Interlocked.Increment(ref refused);
                        return;
                    }

                    Interlocked.Increment(ref made);
                    var expected = Read(StoreStatement.Create(store));
                    var at = expected.IndexOf($"literal:{property.Key}");
                    expected[at] = $"literal:{key}";
                    var value = expected[at + 2];
                    expected[at + 2] = kind switch
                    {
                        StorePropertyKind.String when value.StartsWith("identifier:", StringComparison.Ordinal) =>
                            $"literal:{value["identifier:".Length..]}",
                        StorePropertyKind.Identifier when value.StartsWith("literal:", StringComparison.Ordinal) =>
                            $"identifier:{value["literal:".Length..]}",
                        _ => value,
                    };

                    Assert.NotNull(property.Unverified);
                    Assert.Equal(expected, Read(StoreStatement.Create(store, default, keys)));
                    var shown = StoreStatement.Create(store, default, keys).ToString();
                    Assert.Contains($"'{key}' = ", shown, StringComparison.Ordinal);
                    Assert.DoesNotContain(FullDeclarations.Canary, shown, StringComparison.Ordinal);
                }
            );

        Assert.True(made > 0 && refused > 0, $"{made} made, {refused} refused: that proves nothing");
    }

    [Fact]
    public void Every_subtype_has_a_full_declaration() =>
        Assert.Equal(
            StoreSubtypes.All.Select(s => s.Name).Order(StringComparer.Ordinal),
            FullDeclarations.All.Select(s => s.Subtype.Name).Order(StringComparer.Ordinal)
        );

    private static KeyOverrides? Make(string property, StoreKeyOverride value)
    {
        var overrides = new KeyOverrides(
            new Dictionary<string, StoreKeyOverride> { [property] = value },
            StoreSubtypes.All
        );
        return overrides.Faults.Count == 0 ? overrides : null;
    }

    private static List<string> Read(StoreStatement statement) => SqlReader.Read(statement.Reveal());
}
