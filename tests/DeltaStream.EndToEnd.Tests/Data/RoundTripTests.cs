using System.Text;
using System.Text.Json.Nodes;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Data;

/// <summary>What is written as JSON is read again as the same declaration, once its secrets are filled in.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly CanaryWatch _watch = new();

    public void Dispose() => _watch.Dispose();

    [Theory]
    [MemberData(nameof(Subtypes.All), MemberType = typeof(Subtypes))]
    public void Every_declaration_of_a_subtype_comes_back(string subtype)
    {
        foreach (var way in CanaryValues.WaysOf(subtype, _watch))
        {
            foreach (var store in new[] { way.Minimal.ToStore(), way.Full.ToStore() })
            {
                var json = StoreDeclarations.Write([store]);
                _watch.Look("JSON", json);
                var variables = new Dictionary<string, string>(StringComparer.Ordinal);

                var read = StoreDeclarations.Read(
                    Filled(json, store, variables),
                    new StoreDeclarationOptions { Variable = variables.GetValueOrDefault }
                );

                Assert.Empty(read.Faults);
                Assert.Equal(store, Assert.Single(read.Stores));
            }
        }
    }

    // As somebody would who has the JSON and a vault.
    private static string Filled(string json, StoreArgs store, Dictionary<string, string> variables)
    {
        var stores = JsonNode.Parse(json)!.AsArray();
        var properties = stores[0]!.AsObject().Single(m => m.Value is JsonObject).Value!;
        foreach (var property in store.Subtype.Properties.Where(p => p.Secret))
        {
            var member = char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
            var text = store.GetType().GetProperty(member)!.GetValue(store) switch
            {
                Secret secret => secret.Reveal(),
                StoreFile file => Encoding.UTF8.GetString(file.Reveal().Span),
                _ => null,
            };
            if (text is not null)
            {
                variables[property.Name] = text;
                properties[property.Name] = new JsonObject { ["env"] = property.Name };
            }
        }

        return stores.ToJsonString();
    }
}
