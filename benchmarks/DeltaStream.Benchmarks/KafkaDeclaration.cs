using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks;

/// <summary>The declaration that is written and validated: a Kafka store as teams have them, with 8 properties.</summary>
public static class KafkaDeclaration
{
    /// <summary>Makes the declaration; every text in it is a string of its own, as if read from configuration.</summary>
    public static KafkaStoreArgs Make() =>
        new()
        {
            Name = "orders_kafka",
            Uris = "b-1.orders.example.com:9096,b-2.orders.example.com:9096,b-3.orders.example.com:9096",
            SaslHashFunction = KafkaSaslHashFunction.Sha512,
            SaslUsername = "deltastream-orders",
            SaslPassword = "pX7vK2mQ9rT4wZ8bN3cJ6fH1dL5gS0yA",
            SchemaRegistryName = "orders_registry",
            TlsDisabled = false,
            TlsVerifyServerHostname = true,
            Description = "Orders of the web shop, as the checkout service publishes them",
        };
}
