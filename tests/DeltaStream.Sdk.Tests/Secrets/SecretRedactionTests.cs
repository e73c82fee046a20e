using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Secrets;

/// <summary>A service that quotes a secret back must not leak it through the SDK (FR-009 with FR-007). Issue 11, number 2.</summary>
public sealed class SecretRedactionTests
{
    [Requirement("FR-009")]
    [Theory]
    [InlineData("p@ss'word", "syntax error near 'p@ss''word'", "syntax error near '***'")]
    [InlineData("p@ss'word", "user p@ss'word unknown", "user *** unknown")]
    [InlineData("abc", "syntax error near 'abc' in abcdef", "syntax error near '***' in abcdef")]
    [InlineData("unused", "syntax error", "syntax error")]
    // Transports make messages fit for a log, and a tab is none too fit.
    [InlineData("tab\there's", "user tab here's, 'tab here''s'", "user ***, '***'")]
    public void Secrets_are_taken_out_of_messages(string password, string message, string expected)
    {
        var redaction = StoreStatement.Redaction(Declarations.Kafka with { SaslPassword = password });

        Assert.Equal(expected, redaction.Redact(message));
    }

    [Fact]
    public void A_file_is_taken_out_in_both_its_forms()
    {
        var redaction = StoreStatement.Redaction(Declarations.Snowflake);
        var base64 = Convert.ToBase64String(Declarations.Snowflake.ClientKey.Reveal().Span);

        Assert.Equal("*** and ***", redaction.Redact($"{base64} and {Declarations.PrivateKey}"));
    }

    [Fact]
    public void A_files_lines_are_taken_out_however_they_are_joined()
    {
        const string Key =
            "-----BEGIN PRIVATE KEY-----\r\nTUlJS2V5IG9mIHNvbWUgbGVuZ3Ro\r\nc2Vjb25kIGxpbmUgb2YgaXQ=\r\n-----END PRIVATE KEY-----\r\n";
        var redaction = StoreStatement.Redaction(Declarations.Snowflake with { ClientKey = StoreFile.FromText(Key) });

        Assert.Equal(
            "no key: ***",
            redaction.Redact("no key: " + Key.Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd())
        );
        Assert.Equal("odd line '***'", redaction.Redact("odd line 'c2Vjb25kIGxpbmUgb2YgaXQ='"));
    }

    [Fact]
    public async Task A_failure_that_quotes_the_statement_loses_its_secret_and_its_inner_exception()
    {
        var client = new StoreClient(
            ScriptedDataSource.Empty(sql => throw new ScriptedException($"parse error: {sql}", "42601"))
        );

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => client.CreateAsync(Declarations.Kafka));

        Assert.Equal("42601", exception.SqlState);
        Assert.Contains("'kafka.sasl.password' = '***'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kafka-password", exception.ToString(), StringComparison.Ordinal);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public async Task A_failure_without_secrets_keeps_its_inner_exception()
    {
        var client = new StoreClient(ScriptedDataSource.Empty(_ => throw new ScriptedException("no", "XX000")));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => client.CreateAsync(Declarations.Kafka));

        Assert.IsType<ScriptedException>(exception.InnerException);
    }
}
