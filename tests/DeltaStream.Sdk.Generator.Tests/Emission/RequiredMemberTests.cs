using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Emission;

/// <summary>What a user of DeltaStream.Sdk.dll writes: what is missing doesn't compile (FR-001).</summary>
public sealed class RequiredMemberTests
{
    [Theory]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\" }",
        "CS9035 KafkaStoreArgs.SaslHashFunction",
        "CS9035 KafkaStoreArgs.Uris"
    )]
    [InlineData("new KafkaStoreArgs { Name = \"x\", Uris = \"b:9092\" }", "CS9035 KafkaStoreArgs.SaslHashFunction")]
    [InlineData(
        "new KafkaStoreArgs { Uris = \"b:9092\", SaslHashFunction = KafkaSaslHashFunction.None }",
        "CS9035 StoreArgs.Name"
    )]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\", Uris = \"b:9092\", SaslHashFunction = KafkaSaslHashFunction.None }"
    )]
    [InlineData(
        "new PostgresStoreArgs { Name = \"x\" }",
        "CS9035 PostgresStoreArgs.Password",
        "CS9035 PostgresStoreArgs.Uris",
        "CS9035 PostgresStoreArgs.Username"
    )]
    [InlineData("new PostgresStoreArgs { Name = \"x\", Uris = \"h/d\", Username = \"u\", Password = \"p\" }")]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\", Uris = null, SaslHashFunction = KafkaSaslHashFunction.None }",
        "CS8625 "
    )]
    public void A_declaration_lacks_nothing_required(string expression, params string[] errors)
    {
        var user = $"namespace User {{ using DeltaStream.Sdk; class C {{ StoreArgs M() => {expression}; }} }}";

        var complaints = Compiling
            .Compile(new CSharpParseOptions(LanguageVersion.CSharp11), user)
            .GetDiagnostics()
            .Select(d => (d.Id, Message: d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
            .Select(d =>
                $"{d.Id} {(d.Message.Contains('\'', StringComparison.Ordinal) ? d.Message.Split('\'')[1] : "")}"
            );

        Assert.Equal(errors, complaints.Order());
    }
}
