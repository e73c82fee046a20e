using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>DescribeAsync: what DESCRIBE STORE tells, in the types of the spec.</summary>
public sealed class DescribeTests : EndToEndTest
{
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task What_is_shown_of_a_store_is_what_was_declared(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var store = Subtypes[subtype].Good;
        await Clock.RunAsync(client.CreateAsync(store));

        var description = (await client.DescribeAsync(store.Name))!;

        Assert.Equal(subtype, description.Subtype!.Name);
        Assert.Equal(await client.GetAsync(store.Name), description.Store);
        foreach (var property in store.Subtype.Properties)
        {
            var member = char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
            var declared = store.GetType().GetProperty(member)!.GetValue(store);
            var shown = description.Values.GetValueOrDefault(property.Name);
            Assert.Equal(
                (property.Described is not null || property.Kind == StorePropertyKind.Uris) && declared is not null,
                shown is not null && declared is not null
            );
            Assert.True(shown is null || declared is null || shown.Equals(declared), $"{property.Name}: {shown}");
        }

        Watch.Look("a description", description.ToString());
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_is_not_there_is_null_and_one_that_is_not_ready_is_described(Transport transport)
    {
        var client = ClientOver(transport);
        var store = Subtypes["kafka"].Good;

        var missing = await client.DescribeAsync(store.Name);
        await Clock.RunAsync(client.CreateAsync(store, wait: StoreWait.Started));
        var early = await client.DescribeAsync(store.Name);

        Assert.Null(missing);
        Assert.Equal("kafka", early!.Subtype!.Name);
        Assert.False(early.Store.IsReady);
    }
}
