using System.Globalization;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Build;

/// <summary>The sources of a project that uses the SDK among other things.</summary>
internal static class Consumer
{
    /// <summary>Its name, and the root of its namespaces.</summary>
    public const string Name = "Consumer";

    private static readonly string[] s_declarations =
    [
        """
            new KafkaStoreArgs
                {
                    Name = "orders_#",
                    Uris = "b-1.example.com:9096,b-2.example.com:9096",
                    SaslHashFunction = KafkaSaslHashFunction.Sha512,
                    SaslUsername = Settings.Secret("USER_#"),
                    SaslPassword = Settings.Secret("PASSWORD_#"),
                }
            """,
        """
            new PostgresStoreArgs
                {
                    Name = "billing_#",
                    Uris = "postgresql://db.example.com:5432/shop",
                    Username = "deltastream",
                    Password = Settings.Secret("PASSWORD_#"),
                }
            """,
        """
            new S3StoreArgs
                {
                    Name = "archive_#",
                    Uris = "https://mybucket.s3.us-west-2.amazonaws.com/",
                    IamRoleArn = "arn:aws:iam::123456789012:role/example",
                    IamExternalId = "external-id",
                }
            """,
        """
            new ConfluentKafkaStoreArgs
                {
                    Name = "events_#",
                    Uris = "pkc-1.us-west-2.aws.confluent.cloud:9092",
                    SaslHashFunction = ConfluentKafkaSaslHashFunction.Plain,
                    SaslUsername = Settings.Secret("USER_#"),
                    SaslPassword = Settings.Secret("PASSWORD_#"),
                }
            """,
    ];

    /// <summary>The assemblies that it references.</summary>
    public static IReadOnlyList<string> References { get; } =
    [
        .. DotNetSdk.References,
        typeof(StoreArgs).Assembly.Location,
        typeof(Data.DeltaStreamDataSource).Assembly.Location,
    ];

    /// <summary>Sources of about 50 lines each, of which each tenth declares a store.</summary>
    public static IReadOnlyDictionary<string, string> Files(int count) =>
        Enumerable
            .Range(0, count - 1)
            .Select(i => (Path: Numbered("Service#.cs", i), Text: Service(i, hasDeclaration: i % 10 == 0)))
            .Append((Path: "Settings.cs", Text: Settings))
            .ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);

    /// <summary>A source that declares stores and does nothing else.</summary>
    public static string Declarations(int first, int count) =>
        $$"""
            using DeltaStream.Sdk;
            namespace {{Name}};
            internal static class Stores{{first.ToString(CultureInfo.InvariantCulture)}}
            {
            {{string.Concat(
                Enumerable.Range(first, count).Select(i =>
                    $"    public static StoreArgs Declare{i}() =>\n        {Declaration(i)};\n"
                )
            )}}
            }
            """;

    /// <summary>The rest of the project of <see cref="Declarations"/>.</summary>
    public const string Settings = $$"""
        using System;
        using DeltaStream.Sdk;
        namespace {{Name}};
        internal static class Settings
        {
            public static Secret Secret(string name) =>
                DeltaStream.Sdk.Secret.FromString(Environment.GetEnvironmentVariable(name)!);
        }
        internal static class Program
        {
            private static void Main() { }
        }
        """;

    private static string Declaration(int i) => Numbered(s_declarations[i % s_declarations.Length], i);

    private static string Service(int i, bool hasDeclaration) =>
        Numbered(
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Globalization;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using DeltaStream.Sdk;

            namespace {{Name}}.Area{{(i % 20).ToString(CultureInfo.InvariantCulture)}};

            public sealed record Order#(int Id, string Customer, decimal Amount, DateTimeOffset At);

            public interface IOrders#
            {
                Task<IReadOnlyList<Order#>> GetAsync(string customer, CancellationToken cancellationToken);
                Task SaveAsync(Order# order, CancellationToken cancellationToken);
            }

            public sealed class Service#(IOrders# orders, TimeProvider time)
            {
                private readonly Dictionary<string, decimal> _totals = new(StringComparer.Ordinal);
                {{(hasDeclaration ? $"public static StoreArgs Store => {Declaration(i / 10)};" : string.Empty)}}

                public async Task<decimal> TotalAsync(string customer, CancellationToken cancellationToken)
                {
                    ArgumentException.ThrowIfNullOrEmpty(customer);
                    if (_totals.TryGetValue(customer, out var known))
                    {
                        return known;
                    }

                    var all = await orders.GetAsync(customer, cancellationToken).ConfigureAwait(false);
                    return _totals[customer] = all.Where(o => o.At > time.GetUtcNow().AddDays(-#)).Sum(o => o.Amount);
                }

                public async Task<Order#> PlaceAsync(string customer, decimal amount, CancellationToken cancellationToken)
                {
                    var order = new Order#(_totals.Count + #, customer, amount, time.GetUtcNow());
                    if (order.Amount <= 0)
                    {
                        throw new ArgumentOutOfRangeException(nameof(amount), $"{customer} owes {amount}.");
                    }

                    await orders.SaveAsync(order, cancellationToken).ConfigureAwait(false);
                    _totals.Remove(customer);
                    return order;
                }

                public string Describe(Order# order) =>
                    order switch
                    {
                        { Amount: > 1000 } => $"large: {order.Customer}",
                        { Amount: > 100, Customer: { Length: > 3 } customer } => $"middle: {customer.ToUpperInvariant()}",
                        _ => string.Join(", ", new[] { order.Customer, order.Amount.ToString(CultureInfo.InvariantCulture) }),
                    };
            }
            """,
            i
        );

    private static string Numbered(string text, int i) =>
        text.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
