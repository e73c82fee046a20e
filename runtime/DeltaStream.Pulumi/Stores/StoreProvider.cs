using System.Data.Common;
using System.Reflection;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;

namespace DeltaStream.Pulumi.Stores;

/// <summary>The package: its one resource, its functions, its schema.</summary>
/// <param name="log">The way to the engine.</param>
/// <param name="environment">Reads an environment variable; null when it is not set.</param>
/// <param name="time">The clock of every wait.</param>
internal sealed class StoreProvider(EngineLog log, Func<string, string?> environment, TimeProvider time) : IProvider
{
    /// <summary>The name that the schema is written with.</summary>
    private const string SchemaPackage = "deltastream";

    private const string StoreType = "index:Store";
    private const string GetStore = "index:getStore";
    private const string GetStores = "index:getStores";

    private StoreClient? _client;

    /// <summary>The package's name, a build property.</summary>
    public static string Package { get; } =
        typeof(StoreProvider)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "PulumiPackage")
            .Value!;

    public string Schema => ReadSchema();

    public CheckAnswer CheckConfig(PropertyMap config) => new(config, new ProviderConfig(config, environment).Faults());

    public void Configure(PropertyMap config)
    {
        var settings = new ProviderConfig(config, environment);
        // In a preview the service may not exist yet.
        if (settings.HasUnknown)
        {
            return;
        }

        DbDataSource dataSource;
        try
        {
            dataSource = settings.Open();
        }
        catch (ArgumentException e)
        {
            throw new RefusedException(e.Message);
        }

        if (settings.SkipsVerification)
        {
            log.Warn("", "insecureSkipVerify is on: anybody on the way can read every credential of every store.");
        }

        _client = new StoreClient(dataSource, new StoreClientOptions { TimeProvider = time });
    }

    public CheckAnswer Check(string urn, PropertyMap inputs)
    {
        RequireStore(urn);
        return new CheckAnswer(StoreInputs.WithSecrets(inputs), StoreInputs.Faults(StoreInputs.Read(inputs)));
    }

    public DiffAnswer Diff(Known known, PropertyMap inputs)
    {
        RequireStore(known.Urn);
        return StoreDiff.Of(known, inputs);
    }

    public PropertyMap Preview(Known? known, PropertyMap inputs) =>
        StoreOutputs.Preview(known?.Outputs, StoreInputs.WithSecrets(inputs));

    public Task<Resource> CreateAsync(string urn, PropertyMap inputs, CancellationToken cancellationToken) =>
        Resource(urn).CreateAsync(urn, StoreInputs.WithSecrets(inputs), cancellationToken);

    public Task<Resource?> ReadAsync(Known known, CancellationToken cancellationToken) =>
        Resource(known.Urn).ReadAsync(known, cancellationToken);

    public Task<Resource> UpdateAsync(Known known, PropertyMap inputs, CancellationToken cancellationToken) =>
        Resource(known.Urn).UpdateAsync(known, StoreInputs.WithSecrets(inputs), cancellationToken);

    public Task DeleteAsync(Known known, CancellationToken cancellationToken) =>
        Resource(known.Urn).DeleteAsync(known, cancellationToken);

    public async Task<PropertyMap> InvokeAsync(string token, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var role = arguments.Text("role");
        switch (After(token, Package))
        {
            case GetStore:
                var name =
                    arguments.Text(StoreInputs.Name) ?? throw new RefusedException("name: It is missing: set it");
                return
                    await StoreResource
                        .AskAsync(() => Client().GetAsync(name, role, cancellationToken))
                        .ConfigureAwait(false)
                        is { } store
                    ? StoreOutputs.OfRow(store)
                    : throw new RefusedException($"There is no store '{name}' that the role can see.");
            case GetStores:
                return await StoreResource.AskAsync(ListAsync).ConfigureAwait(false);
            default:
                throw new RefusedException(
                    $"The package has no function '{token}': it has {Package}:{GetStore} and {Package}:{GetStores}."
                );
        }

        async Task<PropertyMap> ListAsync()
        {
            var stores = new List<PropertyValue>();
            await foreach (var row in Client().ListAsync(role, cancellationToken).ConfigureAwait(false))
            {
                stores.Add(PropertyValue.Of(StoreOutputs.OfRow(row)));
            }

            return new PropertyMap { ["stores"] = PropertyValue.Of(stores) };
        }
    }

    private StoreResource Resource(string urn)
    {
        RequireStore(urn);
        return new StoreResource(Client(), log);
    }

    private StoreClient Client() =>
        _client
        ?? throw new RefusedException(
            "The provider is not configured: a setting is not known yet, or the engine did not send it."
        );

    private static void RequireStore(string urn)
    {
        // urn:pulumi:stack::project::parent$type::name
        var type = urn.Split("::") is [_, _, var types, ..] ? types.Split('$')[^1] : "";
        if (After(type, Package) != StoreType)
        {
            throw new RefusedException(
                $"The package has no resource '{type}': it has {Package}:{StoreType}. For the official package's others install that package."
            );
        }
    }

    private static string? After(string token, string package) =>
        token.StartsWith($"{package}:", StringComparison.Ordinal) ? token[(package.Length + 1)..] : null;

    private static string ReadSchema()
    {
        using var stream = typeof(StoreProvider).Assembly.GetManifestResourceStream("schema.json")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Replace($"{SchemaPackage}:index:", $"{Package}:index:", StringComparison.Ordinal)
            .Replace($"\"name\": \"{SchemaPackage}\"", $"\"name\": \"{Package}\"", StringComparison.Ordinal)
            .Replace("\"version\": \"0.0.0\"", $"\"version\": \"{ProviderService.Version}\"", StringComparison.Ordinal);
    }
}
