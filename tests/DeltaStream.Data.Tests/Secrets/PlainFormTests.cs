using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>What serializers and the debugger show of options and commands by themselves.</summary>
public sealed partial class PlainFormTests
{
    private const string Secret = "p4ssw0rd-of-a-store";

    [Fact]
    public void Json_of_the_options_by_reflection_has_no_token() =>
        HasNoToken(JsonSerializer.Serialize(Options()), JsonSerializer.Serialize<object>(Options()));

    [Fact]
    public void Json_of_the_options_by_source_generation_has_no_token() =>
        HasNoToken(
            JsonSerializer.Serialize(Options(), OptionsJson.Default.DeltaStreamOptions),
            JsonSerializer.Serialize(Options(), typeof(DeltaStreamOptions), OptionsJson.Default)
        );

    [Fact]
    public void A_token_in_json_is_read() =>
        Assert.Equal("t", JsonSerializer.Deserialize<DeltaStreamOptions>("""{"Token":"t"}""")!.Token);

    [Fact]
    public void The_debugger_shows_no_text_of_a_command()
    {
        using var command = new DeltaStreamCommand($"CREATE STORE s WITH ('kafka.sasl.password' = '{Secret}');");
        var display = typeof(DeltaStreamCommand).GetCustomAttribute<DebuggerDisplayAttribute>()!;
        Assert.Equal("{Summary,nq}", display.Value);

        const BindingFlags All =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var summary = typeof(DeltaStreamCommand).GetProperty("Summary", All)!.GetValue(command);
        Assert.Equal("CREATE STORE", summary);
        var holders = new List<string>();
        foreach (var member in typeof(DeltaStreamCommand).GetMembers(All))
        {
            var value = member switch
            {
                FieldInfo field => field.GetValue(command),
                PropertyInfo { CanRead: true } property when property.GetIndexParameters().Length == 0 =>
                    property.GetValue(command),
                _ => null,
            };
            if (value is string text && text.Contains(Secret, StringComparison.Ordinal))
            {
                holders.Add(member.Name);
                // The compiler puts one of its own on a field.
                Assert.Contains(
                    member.GetCustomAttributes<DebuggerBrowsableAttribute>(),
                    a => a.State == DebuggerBrowsableState.Never
                );
            }
        }

        // The property and its field.
        Assert.Equal(2, holders.Count);
    }

    private static void HasNoToken(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.DoesNotContain(Execution.Token, text, StringComparison.Ordinal);
            Assert.Contains("an organization", text, StringComparison.Ordinal);
        }
    }

    private static DeltaStreamOptions Options() => new() { Token = Execution.Token, Organization = "an organization" };

    [JsonSerializable(typeof(DeltaStreamOptions))]
    private sealed partial class OptionsJson : JsonSerializerContext;
}
