using DeltaStream.Sdk.Hosting.Applying;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Declarations in the configuration are read by the SDK's reader, and every fault has its key.</summary>
public sealed class DeclarationTests : HostingTest
{
    [Fact]
    public void A_map_names_its_stores_by_their_keys_and_the_case_of_other_keys_does_not_count()
    {
        var stores = Read(
            ("STORES:Orders:KAFKA:URIS", "b:1"),
            ("STORES:Orders:KAFKA:SASLHASHFUNCTION", "None"),
            ("Stores:second:Name", "my:second"),
            ("Stores:second:owner", "sysadmin"),
            ("Stores:second:confluentKafka:uris", "b:2"),
            ("Stores:second:confluentKafka:saslHashFunction", "PLAIN"),
            ("Stores:second:confluentKafka:saslUsername", "u"),
            ("Stores:second:confluentKafka:saslPassword", Watch.Canary())
        );

        Assert.Equal(["Orders", "my:second"], stores.Select(s => s.Name));
        Assert.Equal(KafkaSaslHashFunction.None, Assert.IsType<KafkaStoreArgs>(stores[0]).SaslHashFunction);
        Assert.Equal("sysadmin", stores[1].Owner);
    }

    [Fact]
    public void A_list_has_the_names_in_it()
    {
        var stores = Read(
            ("Stores:0:name", "a"),
            ("Stores:0:acme:uris", "b:1"),
            ("Stores:1:name", "b"),
            ("Stores:1:acme:uris", "b:1")
        );

        Assert.Equal(["a", "b"], stores.Select(s => s.Name));
    }

    [Fact]
    public void A_subtype_of_the_projects_own_is_read_too()
    {
        var canary = Watch.Canary();
        var store = Assert.Single(Read(("Stores:a:acme:uris", "b:1"), ("Stores:a:acme:password", canary)));

        Assert.Equal(canary, Assert.IsType<AcmeStoreArgs>(store).Password!.Value.Reveal());
    }

    [Fact]
    public void A_secret_may_be_in_a_file()
    {
        var canary = Watch.Canary();
        File.WriteAllText(Path.Combine(Folder, "password"), $"{canary}\n");

        var store = Assert.Single(Read(("Stores:a:acme:uris", "b:1"), ("Stores:a:acme:password:file", "password")));

        Assert.Equal(canary, Assert.IsType<AcmeStoreArgs>(store).Password!.Value.Reveal());
    }

    [Fact]
    public void All_faults_come_at_once_each_with_its_key_and_without_a_secret()
    {
        var secret = Watch.Canary();
        var faults = Faults(
            ("Stores:orders:kafka:uris", "b:1"),
            ("Stores:orders:kafka:saslHashFunction", "Sha512"),
            ("Stores:orders:kafka:saslPasswort", secret),
            ("Stores:billing:postgres:uris", $"postgresql://u:{secret}@h/d"),
            ("Stores:billing:postgres:username", "u"),
            ("Stores:billing:postgres:tlsDisabled", "maybe"),
            ("Stores:clicks:kinesi:uris", "b:1"),
            ("Stores:empty:acme", ""),
            ("Stores:text", "a text"),
            ("Stores:twice:name", "orders"),
            ("Stores:twice:acme:uris", "b:1")
        );

        Assert.Equal(
            [
                "Stores:billing:postgres:password: postgres.password is missing",
                "Stores:billing:postgres:tlsDisabled: postgres.tlsDisabled is neither 'true' nor 'false'",
                "Stores:billing:postgres:uris: postgres.uris ",
                "Stores:clicks: The store says nothing of what it connects to",
                "Stores:clicks:kinesi: A store has no 'kinesi'; did you mean 'kinesis'?",
                "Stores:empty:acme:uris: acme.uris is missing",
                "Stores:orders:kafka:saslPassword: kafka.saslPassword ",
                "Stores:orders:kafka:saslPasswort: kafka.saslPasswort is no property of kafka stores; did you mean 'saslPassword'?",
                "Stores:orders:kafka:saslUsername: kafka.saslUsername ",
                "Stores:text: A store is an object, and this is a text",
                "Stores:twice:name: Two stores have the name 'orders': rename one of them",
            ],
            faults
                .Order(StringComparer.Ordinal)
                .Select(f => Array.Find(s_beginnings, b => f.StartsWith(b, StringComparison.Ordinal)) ?? f)
        );
        Assert.All(faults, f => Watch.Look("fault", f));
    }

    private static readonly string[] s_beginnings =
    [
        "Stores:billing:postgres:password: postgres.password is missing",
        "Stores:billing:postgres:tlsDisabled: postgres.tlsDisabled is neither 'true' nor 'false'",
        "Stores:billing:postgres:uris: postgres.uris ",
        "Stores:clicks: The store says nothing of what it connects to",
        "Stores:empty:acme:uris: acme.uris is missing",
        "Stores:orders:kafka:saslPassword: kafka.saslPassword ",
        "Stores:orders:kafka:saslUsername: kafka.saslUsername ",
    ];

    [Fact]
    public async Task They_stop_the_start_before_anything_is_sent()
    {
        var builder = NewHost(
            ($"ConnectionStrings:{Org}", "Server=http://127.0.0.1:1;Token=t"),
            ($"DeltaStream:{Org}:Apply:Adopt", "true"),
            ("Stores:orders:kafka:uris", "b:1")
        );
        builder.Services.AddDeltaStream(Org).ApplyStores(options => options.OnFailure = StoreApplyFailure.Degrade);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Build(builder).StartAsync());

        Assert.Contains("Stores:orders:kafka:saslHashFunction", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_keyed_client_has_its_stores_in_its_section()
    {
        var builder = NewHost(
            ("ConnectionStrings:billing-org", "Server=http://127.0.0.1:1;Token=t"),
            ("DeltaStream:billing-org:Apply:Adopt", "true"),
            ("DeltaStream:billing-org:Stores:a:kinesis:uris", "https://kinesis.us-east-1.amazonaws.com"),
            ("DeltaStream:billing-org:Stores:a:kinesis:iamRoleArn", "arn:aws:iam::123456789012:role/example")
        );
        builder.Services.AddKeyedDeltaStream("billing-org").ApplyStores();

        var options = Build(builder).Services.GetRequiredService<IOptionsMonitor<StoreApplyServiceOptions>>();

        Assert.Equal("a", Assert.Single(options.Get("billing-org").Stores).Name);
    }

    [Fact]
    public void A_section_that_is_missing_is_a_fault_and_an_empty_list_is_none()
    {
        Assert.StartsWith("Stores is missing", Assert.Single(Faults()), StringComparison.Ordinal);
        Assert.Empty(Faults(("Stores", "")));
    }

    private IReadOnlyList<StoreArgs> Read(params (string, string?)[] configuration)
    {
        var faults = new List<string>();
        var stores = Read(configuration, faults);
        Assert.Empty(faults);
        return stores;
    }

    private List<string> Faults(params (string, string?)[] configuration)
    {
        var faults = new List<string>();
        Read(configuration, faults);
        return faults;
    }

    private IReadOnlyList<StoreArgs> Read((string Key, string? Value)[] configuration, List<string> faults) =>
        ConfiguredStores.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, c.Value)))
                .Build()
                .GetSection("Stores"),
            new StoreDeclarationOptions { Directory = Folder, OwnSubtypes = StoreSubtypes.All },
            faults
        );
}
