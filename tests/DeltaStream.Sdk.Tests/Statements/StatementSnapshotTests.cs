using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Statements;

/// <summary>The statements of every subtype, character by character (FR-001, FR-005).</summary>
public sealed class StatementSnapshotTests
{
    public static TheoryData<string> Names => [.. s_statements.Keys];

    private static KafkaStoreArgs Full { get; } =
        Declarations.Kafka with
        {
            SchemaRegistryName = "sr\"1",
            TlsVerifyServerHostname = false,
            TlsCaCertFile = StoreFile.FromText(Declarations.Pem),
            TlsClientCertFile = StoreFile.FromText(Declarations.Pem),
            TlsClientKeyFile = StoreFile.FromText(Declarations.PrivateKey),
            TlsCipherSuites = "TLS_AES_256_GCM_SHA384",
            TlsProtocols = "TLSv1.2,TLSv1.3",
            Description = "orders, as they come in",
        };

    private static readonly Dictionary<string, Func<StoreStatement?>> s_statements = new(StringComparer.Ordinal)
    {
        ["kafka.create.sasl"] = () => StoreStatement.Create(Declarations.Kafka),
        ["kafka.create.iam"] = () => StoreStatement.Create(Declarations.KafkaByIam),
        ["kafka.create.none"] = () =>
            StoreStatement.Create(
                new KafkaStoreArgs
                {
                    Name = "we\"ird 东西",
                    Uris = "b:9092",
                    SaslHashFunction = KafkaSaslHashFunction.None,
                    TlsDisabled = true,
                    Description = "it's",
                }
            ),
        ["kafka.create.full"] = () => StoreStatement.Create(Full),
        ["kafka.update.uris"] = () =>
            StoreStatement.Update(Declarations.Kafka with { Uris = "b-3.example.com:9092" }, Declarations.Kafka),
        ["kafka.update.mode"] = () => StoreStatement.Update(Declarations.KafkaByIam, Declarations.Kafka),
        ["kafka.update.description"] = () => StoreStatement.Update(Full with { Description = "other" }, Full),
        ["kafka.update.unknown previous"] = () => StoreStatement.Update(Declarations.Kafka),
        ["postgres.create"] = () => StoreStatement.Create(Declarations.Postgres),
        ["postgres.create.short uri"] = () =>
            StoreStatement.Create(Declarations.Postgres with { Uris = "db/demo?a=b" }),
        ["postgres.create.no tls"] = () => StoreStatement.Create(Declarations.Postgres with { TlsDisabled = true }),
        ["postgres.update.password"] = () =>
            StoreStatement.Update(Declarations.Postgres with { Password = "new'password" }, Declarations.Postgres),
        ["snowflake.create"] = () => StoreStatement.Create(Declarations.Snowflake),
        ["snowflake.create.passphrase"] = () =>
            StoreStatement.Create(Declarations.Snowflake with { ClientKeyPassphrase = "pass\\phrase" }),
        ["snowflake.update.warehouse"] = () =>
            StoreStatement.Update(Declarations.Snowflake with { WarehouseName = "OTHER_WH" }, Declarations.Snowflake),
        ["drop"] = () => StoreStatement.Drop("we\"ird 东西"),
        ["select"] = () => StoreStatement.Select("we\"ird 'x' 东西"),
        ["list"] = () => StoreStatement.Select(null),
    };

    [Requirement("FR-001")]
    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_is_what_it_was(string name)
    {
        var statement = s_statements[name]()!.Value;

        Snapshots.Match($"{statement.Reveal()}\n{statement}\n", name.Replace(' ', '-'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_declaration_gives_the_same_statement(string name) =>
        Assert.Equal(s_statements[name](), s_statements[name]());

    [Requirement("NFR-005")]
    [Fact]
    public void Nothing_changed_is_no_statement()
    {
        Assert.Null(StoreStatement.Update(Declarations.Kafka, Declarations.Kafka with { }));
        // What is said outright and what holds by default is the same, and so is an address in short and in full.
        Assert.Null(StoreStatement.Update(Declarations.Kafka with { TlsDisabled = false }, Declarations.Kafka));
        Assert.Null(
            StoreStatement.Update(Declarations.Postgres with { Uris = "db.example.com/demo/" }, Declarations.Postgres)
        );
        Assert.Null(
            StoreStatement.Update(
                Declarations.Snowflake with
                {
                    ClientKey = StoreFile.FromText(Declarations.PrivateKey),
                },
                Declarations.Snowflake
            )
        );
    }

    [Fact]
    public void The_text_form_holds_no_secret()
    {
        var statement = StoreStatement.Create(Full with { SaslPassword = "canary" });

        Assert.DoesNotContain("canary", statement.ToString(), StringComparison.Ordinal);
        Assert.Contains("canary", statement.Reveal(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, default(StoreStatement).ToString());
    }

    [Requirement("NFR-005")]
    [Fact]
    public void Attached_files_leave_their_token_in_the_text_and_nothing_else_differs()
    {
        var full = Full with { TlsClientCertFile = StoreFile.FromText(Declarations.Pem + Declarations.Pem) };
        var inline = StoreStatement.Create(full);
        var attached = StoreStatement.Create(full, StoreFileTransport.Attachment);

        Assert.Empty(inline.Attachments);
        Assert.NotEmpty(attached.Attachments);
        Assert.Equal(
            attached.Reveal(),
            attached.Attachments.Aggregate(
                inline.Reveal(),
                (text, file) =>
                    text.Replace(Convert.ToBase64String(file.File.Reveal().Span), file.Token, StringComparison.Ordinal)
            )
        );
        Assert.Equal(inline.ToString(), attached.ToString());
        Assert.NotEqual(inline, attached);
        Assert.Equal(attached, StoreStatement.Create(full, StoreFileTransport.Attachment));
        Assert.NotEqual(
            attached,
            StoreStatement.Create(
                full with
                {
                    TlsCaCertFile = StoreFile.FromText(Declarations.Pem + Declarations.Pem),
                },
                StoreFileTransport.Attachment
            )
        );
        Assert.Null(StoreStatement.Update(full, full with { }, StoreFileTransport.Attachment));
    }

    [Fact]
    public void Creating_a_statement_allocates_its_string_only()
    {
        var args = Declarations.Kafka;
        _ = StoreStatement.Create(args).Reveal();
        var length = StoreStatement.Create(args).Reveal().Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = StoreStatement.Create(args);
        }

        // A string is its length, its header, its end, and is rounded up to eight bytes.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, length * 2, (length * 2) + 32);
    }
}
