using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>Secrets in the source code, and revealed ones in texts.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("Secret s = \"hush\";", "DS2010 S @\"hush\"")]
    [InlineData("Secret? s = \"hush\";", "DS2010 S @\"hush\"")]
    [InlineData("var s = new Secret(\"hush\");", "DS2010 S @\"hush\"")]
    [InlineData("var s = Secret.FromString(\"hu\" + \"sh\");", "DS2010 S @\"hu\" + \"sh\"")]
    [InlineData("const string hush = \"hush\"; Take(hush);", "DS2010 SECRET @hush")]
    [InlineData(
        "var s = new PostgresStoreArgs { Name = \"x\", Uris = \"h/d\", Username = \"u\", Password = \"hush\" };",
        "DS2010 POSTGRES_PASSWORD @\"hush\""
    )]
    [InlineData("var s = Kafka with { SaslUsername = \"hush\" };", "DS2010 KAFKA_SASL_USERNAME @\"hush\"")]
    [InlineData(
        "var s = Kafka with { TlsClientKeyFile = StoreFile.FromText(Pem) };",
        "DS2010 KAFKA_TLS_CLIENT_KEY_FILE @Pem"
    )]
    [InlineData("var s = Kafka with { TlsCaCertFile = StoreFile.FromText(Ca) };")]
    [InlineData("Secret s = System.Environment.GetEnvironmentVariable(\"X\");")]
    [InlineData("Secret s = \"\"; Secret? none = null; Secret d = default;")]
    [InlineData("string s = \"hush\";")]
    public async Task A_secret_in_the_source_code(string body, params string[] expected)
    {
        var all = await Around(body).Analyze();

        Assert.Equal(expected, all.Select(d => $"{d.Id} {d.Said().Split(' ')[^1]} @{d.At()}"));
        Assert.All(all, d => Assert.Equal(DiagnosticSeverity.Warning, d.DefaultSeverity));
        Assert.All(all, d => Assert.DoesNotContain("hush", d.Said(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("var t = $\"a{Password.Reveal()}\";", "an interpolated string")]
    [InlineData("var t = \"a\" + Password.Reveal();", "a concatenated string")]
    [InlineData("var t = string.Format(\"{0}\", Password.Reveal());", "what string.Format puts together")]
    [InlineData(
        "var t = string.Format(\"{0}{1}{2}{3}\", 1, 2, 3, Password.Reveal());",
        "what string.Format puts together"
    )]
    [InlineData("var t = string.Concat(\"a\", Password.Reveal());", "what string.Concat puts together")]
    [InlineData("System.Console.WriteLine(Password.Reveal());", "what the console shows")]
    [InlineData("System.Console.Write(\"{0}\", Password.Reveal());", "what the console shows")]
    [InlineData("System.Diagnostics.Debug.WriteLine(Password.Reveal());", "a trace")]
    [InlineData("Log.LogInformation(\"{P}\", Password.Reveal());", "a log")]
    [InlineData("Log.LogInformation(\"{P} {Q}\", 1, Statement.Reveal());", "a log")]
    [InlineData("Log.LogInformation(Password.Reveal());", "a log")]
    [InlineData("Say(Log, Password.Reveal());", "a log")]
    [InlineData("throw new System.InvalidOperationException(Password.Reveal());", "an exception's message")]
    [InlineData("var t = Password.Reveal();")]
    [InlineData("Take(Password.Reveal());")]
    [InlineData("var t = $\"a{Password}\"; Log.LogInformation(\"{P}\", Password);")]
    [InlineData("var t = new System.Text.StringBuilder(Password.Reveal());")]
    [InlineData("var t = $\"{Password.Reveal().Length}\";")]
    public async Task A_revealed_secret_in_a_text(string body, string? where = null)
    {
        var all = await Around(body).Analyze();

        if (where is null)
        {
            Assert.Empty(all);
            return;
        }

        var diagnostic = Assert.Single(all);
        Assert.Equal("DS2011", diagnostic.Id);
        Assert.Contains($"becomes part of {where}:", diagnostic.Said(), StringComparison.Ordinal);
        Assert.EndsWith(".Reveal()", diagnostic.At(), StringComparison.Ordinal);
    }

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Around(string body)
    {
        var compilation = Analyzing.Referring(
            $$""""
            #nullable enable
            using DeltaStream.Sdk;
            using DeltaStream.Sdk.Statements;
            using Microsoft.Extensions.Logging;
            partial class C
            {
                private const string Pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
                private const string Ca = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
                private readonly Secret Password = System.Environment.MachineName;
                private readonly StoreStatement Statement = StoreStatement.Drop("x");
                private KafkaStoreArgs Kafka = null!;
                private ILogger Log = null!;
                static void Take(Secret s) { }
                [LoggerMessage(1, LogLevel.Information, "{P}")]
                static void Say(ILogger log, string p) { }
                void M() { {{body}} }
            }
            """"
        );
        Assert.DoesNotContain(
            compilation.GetDiagnostics(),
            d =>
                d.Severity == DiagnosticSeverity.Error
                && d.Id is "CS0103" or "CS0246" or "CS1061" or "CS1525" or "CS1503"
        );
        return compilation;
    }
}
