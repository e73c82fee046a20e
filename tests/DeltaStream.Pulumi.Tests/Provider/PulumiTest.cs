using System.Collections.Concurrent;
using System.Text;
using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Pulumi.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.TestSupport;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>A local DeltaStream, and what is declared to it: one declaration of each subtype, made of its spec.</summary>
public abstract class PulumiTest : IAsyncLifetime
{
    /// <summary>What every secret of these tests holds.</summary>
    public const string Mark = "cnrypulumi";

    private readonly ConcurrentQueue<string> _statements = new();
    private readonly Dictionary<string, DeclarationCase> _cases = new(StringComparer.Ordinal);

    /// <summary>The names of all subtypes, over both transports.</summary>
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var subtype in StoreSubtypes.All)
            {
                cells.Add(subtype.Name, "REST");
                cells.Add(subtype.Name, "PostgreSQL");
            }

            return cells;
        }
    }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("deltastream-pulumi-").FullName;

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    /// <summary>The statements that the emulator got, in their order.</summary>
    protected IEnumerable<string> Statements =>
        _statements.Select(s => s[(s.IndexOf(": ", StringComparison.Ordinal) + 2)..]);

    /// <summary>The statements that change a store and that the emulator got, in their order.</summary>
    protected string[] Changes =>
        [
            .. Statements.Where(s =>
                s.Contains("STORE", StringComparison.Ordinal) && !s.StartsWith("DESCRIBE", StringComparison.Ordinal)
            ),
        ];

    /// <summary>Whether only accounts that the emulator knows let a store in.</summary>
    protected virtual bool HasAccounts => true;

    internal DeclarationCase CaseOf(string subtype) => _cases[subtype];

    public virtual async Task InitializeAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "specs");
        var accounts = new List<EmulatorAccount>();
        foreach (var subtype in StoreSubtypes.All)
        {
            var ways = Way.Of(folder, new SecretValues(StoreSpecFile.Read(folder, subtype.Name)));
            accounts.AddRange(ways.Select(w => w.Minimal.AccountOf(w.Credentials)));
            _cases[subtype.Name] = DeclarationCase.Of(ways[0]);
            if (_cases[subtype.Name].Changed is { } changed)
            {
                accounts.Add(changed.AccountOf(ways[0].Credentials));
            }
        }

        Emulator = await DeltaStreamEmulator.StartAsync(
            Options(
                accounts,
                new LogHook(
                    (_, id, text) =>
                    {
                        if (id.Id is 4 or 10)
                        {
                            _statements.Enqueue(text);
                        }
                    }
                )
            )
        );
    }

    public virtual async Task DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected virtual DeltaStreamEmulatorOptions Options(
        IReadOnlyList<EmulatorAccount> accounts,
        LogHook log
    ) => new() { Accounts = HasAccounts ? accounts : [], LoggerFactory = log };

    /// <summary>A store of Kafka, whose password and user hold the mark.</summary>
    internal static Struct Kafka(string name = "orders") =>
        EngineValue.Object(
            ("name", EngineValue.Of(name)),
            (
                "kafka",
                EngineValue.Of(
                    EngineValue.Object(
                        ("uris", EngineValue.Of("b-1.example.com:9092")),
                        ("saslHashFunction", EngineValue.Of("SHA512")),
                        ("saslUsername", EngineValue.Secret($"{Mark}-user")),
                        ("saslPassword", EngineValue.Secret($"{Mark}-password"))
                    )
                )
            )
        );

    /// <summary>A store of Postgres, whose password holds the mark.</summary>
    internal static Struct Postgres(string name = "orders") =>
        EngineValue.Object(
            ("name", EngineValue.Of(name)),
            (
                "postgres",
                EngineValue.Of(
                    EngineValue.Object(
                        ("uris", EngineValue.Of("postgresql://db.example.com:5432/orders")),
                        ("username", EngineValue.Of("ingest")),
                        ("password", EngineValue.Secret($"{Mark}-password"))
                    )
                )
            )
        );

    /// <summary>A store of Databricks, of which most can't be changed in place.</summary>
    internal static Struct Databricks(string name = "orders") =>
        EngineValue.Object(
            ("name", EngineValue.Of(name)),
            (
                "databricks",
                EngineValue.Of(
                    EngineValue.Object(
                        ("uris", EngineValue.Of("https://dbc-1.cloud.databricks.com")),
                        ("appToken", EngineValue.Secret($"{Mark}-token")),
                        ("warehouseId", EngineValue.Of("abc123")),
                        ("accessKeyId", EngineValue.Secret($"{Mark}AKIA")),
                        ("secretAccessKey", EngineValue.Secret($"{Mark}-key")),
                        ("cloudS3Bucket", EngineValue.Of("lake")),
                        ("cloudRegion", EngineValue.Of("us-east-1"))
                    )
                )
            )
        );

    /// <summary>Starts a provider that is configured for the emulator.</summary>
    internal async Task<ProviderProcess> StartAsync(string transport = "REST")
    {
        var provider = await ProviderProcess.StartAsync(Folder);
        await provider.ConfigureAsync(ConfigOf(transport));
        return provider;
    }

    internal Struct ConfigOf(string transport) =>
        transport == "REST"
            ? EngineValue.Object(
                ("server", EngineValue.Of(Emulator.ServerUri.ToString())),
                ("apiKey", EngineValue.Of(Emulator.Token!))
            )
            : EngineValue.Object(("connection", EngineValue.Of(Emulator.PostgresConnectionString)));

    /// <summary>A declaration as a program gives it to the engine, and the engine to the provider.</summary>
    internal Struct Inputs(Declaration declaration)
    {
        var values = declaration.Properties.ToLookup(
            p => p.Property.Inherited,
            p => (p.Property.Name, ValueOf(p.Property, p.Value))
        );
        return EngineValue.Object([
            ("name", EngineValue.Of(declaration.Name)),
            .. values[true],
            (Names.Camel(declaration.Spec.Subtype), EngineValue.Of(EngineValue.Object([.. values[false]]))),
        ]);
    }

    /// <summary>The name of the resource in its stack.</summary>
    internal static string Urn(string name = "store") => $"urn:pulumi:dev::tests::deltastream:index:Store::{name}";

    private Value ValueOf(PropertySpec property, object value)
    {
        if (property.Kind == PropertyKind.File && !property.Secret)
        {
            var path = Path.Combine(Folder, $"{property.Name}.pem");
            File.WriteAllText(path, (string)value);
            return EngineValue.Of(path);
        }

        var plain = property.Kind switch
        {
            PropertyKind.File => Convert.ToBase64String(Encoding.UTF8.GetBytes((string)value)),
            PropertyKind.Enum => DeclaredValue.ToSql(property, value),
            _ => value,
        };
        return property.Secret ? EngineValue.Secret(plain) : EngineValue.Of(plain);
    }

    /// <summary>Values where every secret holds a mark that nothing may show.</summary>
    private sealed class SecretValues(StoreSpec spec) : RightValues(spec)
    {
        private int _made;

        public override string StoreName => "we\"ird 东西";

        protected override string Secret(PropertySpec property)
        {
            var secret = $"{Mark}{_made++}'\"\\";
            return property.MaxLength < secret.Length
                ? secret[..(int)property.MaxLength]
                : secret.PadRight((int)property.MinLength, 'x');
        }

        protected override string File(string content)
        {
            var lines = content.TrimEnd('\n').Split('\n');
            return $"{lines[0]}\n{Mark}{_made++:D6}\n{lines[^1]}\n";
        }
    }
}
