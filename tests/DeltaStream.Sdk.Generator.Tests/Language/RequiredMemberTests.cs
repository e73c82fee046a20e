using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>What is missing does not compile: against DeltaStream.Sdk.dll, as a consumer references it.</summary>
public sealed class RequiredMemberTests
{
    [Fact]
    public void A_kafka_store_without_its_required_members_does_not_compile()
    {
        var errors = Compile("new global::DeltaStream.Sdk.KafkaStoreArgs { Name = \"x\" }");

        Assert.Equal(
            [
                "CS9035: Required member 'KafkaStoreArgs.SaslHashFunction' must be set in the object initializer or attribute constructor.",
                "CS9035: Required member 'KafkaStoreArgs.Uris' must be set in the object initializer or attribute constructor.",
            ],
            errors
        );
    }

    [Fact]
    public void With_them_it_compiles() =>
        Assert.Empty(
            Compile(
                "new global::DeltaStream.Sdk.KafkaStoreArgs { Name = \"x\", Uris = \"b:9092\", "
                    + "SaslHashFunction = global::DeltaStream.Sdk.KafkaSaslHashFunction.None }"
            )
        );

    private static IEnumerable<string> Compile(string expression) =>
        Compiling
            .Compile(
                new CSharpParseOptions(LanguageVersion.Latest),
                $"internal static class Program {{ internal static object Store() => {expression}; }}"
            )
            .GetDiagnostics()
            .Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
            .Select(d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")
            .Order(StringComparer.Ordinal);
}
