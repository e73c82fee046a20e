using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Secrets;

public sealed class SecretTests
{
    private const string Value = "canary-of-a-secret";

    [Requirement("FR-007")]
    [Fact]
    public void It_prints_as_stars_in_every_way_that_text_is_made()
    {
        Secret secret = Value;

        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.Equal("a***", "a" + secret);
        Assert.Equal("***", string.Format(CultureInfo.InvariantCulture, "{0}", secret));
        Assert.Equal("***", Convert.ToString(secret, CultureInfo.InvariantCulture));
        Assert.Equal("***", default(Secret).ToString());
    }

    [Fact]
    public void A_record_that_holds_it_prints_stars()
    {
        var text = Declarations.Kafka.ToString();

        Assert.Contains("SaslPassword = ***", text, StringComparison.Ordinal);
        Assert.Contains("SaslUsername = ***", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kafka-password", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_holds_a_file_prints_its_size() =>
        Assert.Contains("ClientKey = StoreFile(", Declarations.Snowflake.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Json_gets_stars_and_no_file_content()
    {
        var json = JsonSerializer.Serialize(Declarations.Snowflake with { ClientKeyPassphrase = Value });

        Assert.Contains("\"ClientKeyPassphrase\":\"***\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, json, StringComparison.Ordinal);
        Assert.DoesNotContain("TUlJS2V5", json, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_read_from_a_json_string() =>
        Assert.Equal(Value, JsonSerializer.Deserialize<Secret>($"\"{Value}\"").Reveal());

    [Theory]
    [InlineData("\"***\"", "redacted")]
    [InlineData("12", "string")]
    public void Json_that_can_not_be_a_secret_is_refused(string json, string part)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Secret>(json));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_debugger_sees_stars()
    {
        Assert.Equal("***", typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        foreach (var type in new[] { typeof(Secret), typeof(StoreFile) })
        {
            var fields = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
            Assert.NotEmpty(fields);
            Assert.All(
                fields,
                field =>
                    Assert.Equal(
                        DebuggerBrowsableState.Never,
                        field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State
                    )
            );
        }
    }

    [Theory]
    [InlineData(StoreFileTransport.Inline)]
    [InlineData(StoreFileTransport.Attachment)]
    public void The_debugger_shows_no_text_of_a_statement(StoreFileTransport files)
    {
        const string Secret = "p4ssw0rd-of-a-store";
        object statement = StoreStatement.Create(Declarations.Kafka with { SaslPassword = Secret }, files);
        Assert.Equal("{ToString(),nq}", typeof(StoreStatement).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        Assert.Contains("'***'", statement.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, statement.ToString(), StringComparison.Ordinal);

        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var hidden = typeof(StoreStatement)
            .GetFields(All)
            .Where(f => f.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State == DebuggerBrowsableState.Never)
            .Select(f => f.Name);
        Assert.Contains("_text", hidden);
        foreach (var member in typeof(StoreStatement).GetMembers(All))
        {
            var value = member switch
            {
                FieldInfo field => field.GetValue(statement),
                PropertyInfo property => property.GetValue(statement),
                _ => null,
            };
            var isOpen = member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never;
            Assert.False(
                isOpen && value?.ToString()?.Contains(Secret, StringComparison.Ordinal) == true,
                $"{member.Name} is open"
            );
        }
    }

    [Fact]
    public void It_has_no_public_property_that_tells_its_value() =>
        Assert.Equal(["IsEmpty"], typeof(Secret).GetProperties().Select(p => p.Name));

    [Requirement("FR-007")]
    [Fact]
    public void Every_credential_is_a_secret_by_type_and_in_the_definition()
    {
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "kafka.saslUsername",
                "kafka.saslPassword",
                "kafka.tlsClientKeyFile",
                "postgres.password",
                "snowflake.clientKey",
                "snowflake.clientKeyPassphrase",
            },
            StoreSubtypes
                .All.SelectMany(s => s.Properties.Where(p => p.Secret).Select(p => $"{s.Name}.{p.Name}"))
                .ToHashSet(StringComparer.Ordinal)
        );
        var declarations = typeof(StoreArgs).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StoreArgs)));
        var seen = new List<string>();
        foreach (var declaration in declarations)
        {
            var subtype = ((StoreArgs)RuntimeHelpers.GetUninitializedObject(declaration)).Subtype;
            seen.Add(subtype.Name);
            foreach (var property in subtype.Properties)
            {
                var type = declaration
                    .GetProperty(char.ToUpperInvariant(property.Name[0]) + property.Name[1..])!
                    .PropertyType;
                Assert.Equal(
                    property.Secret && property.Kind == StorePropertyKind.String,
                    type == typeof(Secret) || type == typeof(Secret?)
                );
                Assert.Equal(property.Kind == StorePropertyKind.File, type == typeof(StoreFile));
            }
        }

        Assert.Equal(StoreSubtypes.All.Select(s => s.Name), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_are_equal_when_their_values_are()
    {
        Secret one = Value;
        Secret same = new string(Value.ToCharArray());
        Secret other = "other";

        Assert.True(one == same);
        Assert.True(one != other);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.Equal(default, Secret.FromString(null));
        Assert.True(Secret.FromString("").IsEmpty);
    }
}
