using BenchmarkDotNet.Attributes;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Validate;

/// <summary>Validation of a right declaration, which is what nearly every declaration is.</summary>
public class ValidateBenchmarks
{
    private readonly KafkaStoreArgs _store = KafkaDeclaration.Make();
    private readonly KafkaStoreValidator _validator = new();

    /// <summary>Sees to it that both find the declaration right, and a wrong one wrong.</summary>
    [GlobalSetup]
    public void Setup()
    {
        KafkaStoreArgs[] wrong =
        [
            _store with
            {
                Name = "a\nb",
            },
            _store with
            {
                Uris = "b-1.orders.example.com",
            },
            _store with
            {
                SaslPassword = null,
            },
            _store with
            {
                MskAwsRegion = "us-east-1",
            },
            _store with
            {
                TlsDisabled = true,
            },
            _store with
            {
                Description = "\ud800",
            },
        ];
        var right = Sdk() && FluentValidation();
        if (!right || wrong.Any(w => w.Validate().Count == 0 || _validator.Validate(w).IsValid))
        {
            throw new InvalidOperationException("The two validators judge differently.");
        }
    }

    /// <summary>FluentValidation, its validator made once.</summary>
    [Benchmark(Baseline = true, Description = "FluentValidation")]
    public bool FluentValidation() => _validator.Validate(_store).IsValid;

    /// <summary>The SDK.</summary>
    [Benchmark(Description = "StoreArgs.Validate")]
    public bool Sdk() => _store.Validate().Count == 0;
}
