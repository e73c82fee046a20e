using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.TestSupport;
using Google.Protobuf;

namespace DeltaStream.Pulumi.Tests;

/// <summary>The life of a store on the wire, as samples: a change of what the engine sees shows here first.</summary>
public sealed class WireSampleTests : DrivenTest
{
    private static readonly string s_samples = Path.Combine(
        Repository.Root,
        "tests/DeltaStream.Pulumi.Tests/wire-samples.json"
    );

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task The_wire_is_as_it_was()
    {
        var inputs = await Provider.CheckAsync(Kafka());
        await Provider.FaultsAsync(Kafka().With("kafka.uris", null));
        var created = await Clock.RunAsync(Provider.CreateAsync(Kafka()));
        var changed = inputs.With("kafka.saslPassword", EngineValue.Secret($"{Mark}-2"));
        await Provider.DiffAsync(created.Properties, changed, inputs);
        await Provider.DiffAsync(created.Properties, inputs.With("kafka", EngineValue.Unknown), inputs);
        var read = await Provider.ReadAsync(created.Properties, inputs);
        var updated = await Clock.RunAsync(Provider.UpdateAsync(read.Properties, inputs, changed).ResponseAsync);
        await Provider.DeleteAsync(updated.Properties, changed);

        var samples = new JsonArray([
            .. Provider
                .Calls.Where(c => c.Method is not ("Handshake" or "CheckConfig" or "Configure"))
                .Select(c =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["method"] = c.Method,
                            ["request"] = Shown(c.Request),
                            ["response"] = Shown(c.Response),
                        }
                ),
        ]).ToJsonString(s_json);
        if (!File.Exists(s_samples))
        {
            await File.WriteAllTextAsync(s_samples, samples + "\n");
            Assert.Fail($"There were no samples, and now there are: read {s_samples}, and run the test again.");
        }

        Assert.Equal((await File.ReadAllTextAsync(s_samples)).TrimEnd(), samples);
    }

    private static JsonNode Shown(IMessage message)
    {
        var shown = JsonNode.Parse(JsonFormatter.Default.Format(message))!;
        Hide(shown);
        return shown;
    }

    // A secret differs each time, as the key of the state does.
    private static void Hide(JsonNode node)
    {
        foreach (var (name, value) in (node as JsonObject)?.ToArray() ?? [])
        {
            if (value is JsonObject inner && (string?)inner[EngineValue.Signature] == EngineValue.SecretSignature)
            {
                node[name] = "[secret]";
            }
            else if (value is JsonObject)
            {
                Hide(value);
            }
        }
    }
}
