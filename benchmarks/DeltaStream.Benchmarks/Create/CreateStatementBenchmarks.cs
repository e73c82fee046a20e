using System.Text;
using BenchmarkDotNet.Attributes;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Benchmarks.Create;

/// <summary>CREATE STORE of 8 properties: the SDK beside what one writes by hand.</summary>
/// <remarks>
/// The peers double quotes and nothing more: they neither refuse what no statement can carry nor put addresses into
/// their full form. All give the same text, or the setup fails.
/// </remarks>
public class CreateStatementBenchmarks
{
    private readonly KafkaStoreArgs _store = KafkaDeclaration.Make();
    private string _ready = string.Empty;

    /// <summary>Sees to it that all write the same.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _ready = Sdk();
        foreach (
            var (name, text) in new[] { ("interpolated", Interpolated()), ("builder", Builder()), ("join", Join()) }
        )
        {
            if (text != _ready)
            {
                throw new InvalidOperationException($"'{name}' writes another text:\n{text}\n{_ready}");
            }
        }
    }

    /// <summary>What is left when nothing is checked, quoted and written: one allocation and one copy.</summary>
    [Benchmark(Description = "Copy of the ready text")]
    public string Copy() => new(_ready.AsSpan());

    /// <summary>The SDK.</summary>
    [Benchmark(Description = "StoreStatement.Create")]
    public string Sdk() => StoreStatement.Create(_store).Reveal();

    /// <summary>An interpolated string, each value escaped.</summary>
    [Benchmark(Baseline = true, Description = "Interpolated string")]
    public string Interpolated() =>
        $"CREATE STORE \"{Name(_store.Name)}\" WITH ( 'type' = KAFKA, "
        + $"'uris' = '{Text(_store.Uris)}', "
        + $"'kafka.sasl.hash_function' = {Token(_store.SaslHashFunction)}, "
        + $"'kafka.sasl.username' = '{Text(_store.SaslUsername!.Value.Reveal())}', "
        + $"'kafka.sasl.password' = '{Text(_store.SaslPassword!.Value.Reveal())}', "
        + $"'schema_registry.name' = \"{Name(_store.SchemaRegistryName!)}\", "
        + $"'tls.disabled' = {Token(_store.TlsDisabled!.Value)}, "
        + $"'tls.verify_server_hostname' = {Token(_store.TlsVerifyServerHostname!.Value)}, "
        + $"'description' = '{Text(_store.Description!)}' );";

    /// <summary>A StringBuilder, each value escaped.</summary>
    [Benchmark(Description = "StringBuilder")]
    public string Builder() =>
        new StringBuilder()
            .Append("CREATE STORE \"")
            .Append(Name(_store.Name))
            .Append("\" WITH ( 'type' = KAFKA, 'uris' = '")
            .Append(Text(_store.Uris))
            .Append("', 'kafka.sasl.hash_function' = ")
            .Append(Token(_store.SaslHashFunction))
            .Append(", 'kafka.sasl.username' = '")
            .Append(Text(_store.SaslUsername!.Value.Reveal()))
            .Append("', 'kafka.sasl.password' = '")
            .Append(Text(_store.SaslPassword!.Value.Reveal()))
            .Append("', 'schema_registry.name' = \"")
            .Append(Name(_store.SchemaRegistryName!))
            .Append("\", 'tls.disabled' = ")
            .Append(Token(_store.TlsDisabled!.Value))
            .Append(", 'tls.verify_server_hostname' = ")
            .Append(Token(_store.TlsVerifyServerHostname!.Value))
            .Append(", 'description' = '")
            .Append(Text(_store.Description!))
            .Append("' );")
            .ToString();

    /// <summary>A dictionary of keys and quoted values, joined.</summary>
    [Benchmark(Description = "Dictionary and string.Join")]
    public string Join()
    {
        var entries = new Dictionary<string, string>
        {
            ["type"] = "KAFKA",
            ["uris"] = $"'{Text(_store.Uris)}'",
            ["kafka.sasl.hash_function"] = Token(_store.SaslHashFunction),
            ["kafka.sasl.username"] = $"'{Text(_store.SaslUsername!.Value.Reveal())}'",
            ["kafka.sasl.password"] = $"'{Text(_store.SaslPassword!.Value.Reveal())}'",
            ["schema_registry.name"] = $"\"{Name(_store.SchemaRegistryName!)}\"",
            ["tls.disabled"] = Token(_store.TlsDisabled!.Value),
            ["tls.verify_server_hostname"] = Token(_store.TlsVerifyServerHostname!.Value),
            ["description"] = $"'{Text(_store.Description!)}'",
        };
        var list = string.Join(", ", entries.Select(e => $"'{e.Key}' = {e.Value}"));
        return $"CREATE STORE \"{Name(_store.Name)}\" WITH ( {list} );";
    }

    private static string Text(string value) => value.Replace("'", "''", StringComparison.Ordinal);

    private static string Name(string value) => value.Replace("\"", "\"\"", StringComparison.Ordinal);

    private static string Token(bool value) => value ? "TRUE" : "FALSE";

    private static string Token(KafkaSaslHashFunction value) =>
        value switch
        {
            KafkaSaslHashFunction.None => "NONE",
            KafkaSaslHashFunction.Plain => "PLAIN",
            KafkaSaslHashFunction.Sha256 => "SHA256",
            KafkaSaslHashFunction.Sha512 => "SHA512",
            KafkaSaslHashFunction.AwsMskIam => "AWS_MSK_IAM",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
}
