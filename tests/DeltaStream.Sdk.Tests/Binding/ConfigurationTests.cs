using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace DeltaStream.Sdk.Tests.Binding;

/// <summary>
/// Nothing is lost between a section of configuration and a declaration: every property of every subtype is bound, by the
/// platform's binder and by <c>FromValues</c>, and what can't be bound fails with the property's name.
/// Issue 11, number 3.
/// </summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Canary = "hunter2";

    private readonly string _folder = Directory.CreateTempSubdirectory("configuration").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Subtypes() => new(FullDeclarations.All.Select(d => d.Subtype.Name));

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Every_property_is_bound(string subtype)
    {
        var type = TypeOf(subtype);
        var members = Members(type);
        var section = Section(members.Select(m => (m.Name, (string?)Said(m))));

        foreach (
            var store in new[]
            {
                section.Get(type, o => o.ErrorOnUnknownConfiguration = true),
                FromValues(type, section),
                FromValues(type, Section(members.Select(m => (m.Name.ToUpperInvariant(), (string?)Said(m))))),
            }
        )
        {
            foreach (var member in members)
            {
                Assert.Equal(Meant(member), member.GetValue(store));
            }

            Assert.DoesNotContain(Canary, store!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void What_is_not_configured_is_not_set(string subtype)
    {
        var type = TypeOf(subtype);
        var section = Section([("Name", "orders")]);

        var bound = section.Get(type)!;

        Assert.All(
            Members(type).Where(m => m.Name != "Name" && Nullable.GetUnderlyingType(m.PropertyType) is not null),
            m => Assert.Null(m.GetValue(bound))
        );
        Assert.NotEmpty(((StoreArgs)bound).Validate());
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void What_must_be_set_and_is_not_is_named_by_FromValues(string subtype)
    {
        var type = TypeOf(subtype);
        var required = Members(type)
            .Where(m => m.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            .ToArray();
        var exception = Assert.IsType<StoreValidationException>(
            Assert.Throws<TargetInvocationException>(() => FromValues(type, Section([("Owner", "me")]))).InnerException
        );

        Assert.Equal(
            required.Select(m => m.Name).Order(StringComparer.OrdinalIgnoreCase),
            exception.Failures.Select(f => f.Property[(subtype.Length + 1)..]).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase
        );

        // With these alone, both ways give the same declaration.
        var section = Section(required.Select(m => (m.Name, (string?)Said(m))));
        Assert.Equal(section.Get(type), FromValues(type, section));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public void A_required_enum_that_is_not_configured_is_missing_and_not_its_first_value(string? configured)
    {
        foreach (var type in new[] { typeof(KafkaStoreArgs), typeof(ConfluentKafkaStoreArgs) })
        {
            var members = Members(type)
                .Where(m => m.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
                .Select(m => (m.Name, m.Name == "SaslHashFunction" ? configured : (string?)Said(m)));

            var failures = ((StoreArgs)Section(members).Get(type)!).Validate();

            var failure = Assert.Single(
                failures,
                f => f.Property.EndsWith("saslHashFunction", StringComparison.Ordinal)
            );
            Assert.Equal(StoreValidationCodes.Missing, failure.Code);
            Assert.Contains(".saslHashFunction is missing: choose ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("None", KafkaSaslHashFunction.None)]
    [InlineData("plain", KafkaSaslHashFunction.Plain)]
    [InlineData("SHA512", KafkaSaslHashFunction.Sha512)]
    [InlineData("AwsMskIam", KafkaSaslHashFunction.AwsMskIam)]
    public void One_that_is_configured_is_what_it_says(string configured, KafkaSaslHashFunction meant)
    {
        var section = Section([("Name", "o"), ("Uris", "b:1"), ("SaslHashFunction", configured)]);

        Assert.Equal(meant, section.Get<KafkaStoreArgs>()!.SaslHashFunction);
        Assert.Equal(meant, KafkaStoreArgs.FromValues(section.AsEnumerable(true)).SaslHashFunction);
    }

    [Theory]
    [InlineData("Subtype:Name", "other")]
    [InlineData("Subtype:Properties:0:Name", "other")]
    [InlineData("Subtype", "other")]
    [InlineData("Definition:Type", "OTHER")]
    [InlineData("Definition:Title", "other")]
    [InlineData("Subtype:UpdateGroups:0:Always", "false")]
    public void The_spec_of_the_subtype_can_not_be_configured(string key, string value)
    {
        var before = Shown(StoreSubtypes.Postgres);

        Section([("Name", "billing"), (key, value)]).Get<PostgresStoreArgs>();

        Assert.Equal(before, Shown(StoreSubtypes.Postgres));
        Assert.Throws<StoreValidationException>(() =>
            PostgresStoreArgs.FromValues(Section([("Name", "billing"), (key, value)]).AsEnumerable(true))
        );

        static string Shown(StoreSubtype s) =>
            $"{s.Name} {s.Type} {s.Title} {s.Description} {string.Join(" ", s.Properties)} {string.Join(" ", s.UpdateGroups)}";
    }

    [Theory]
    [InlineData("Pasword", Canary)]
    [InlineData("Password:Value", Canary)]
    [InlineData("TlsDisabled", Canary)]
    public void A_failure_shows_no_secret_by_FromValues(string key, string value)
    {
        var exception = Assert.Throws<StoreValidationException>(() =>
            PostgresStoreArgs.FromValues(
                Section([("Name", "b"), ("Uris", "h/d"), ("Username", "u"), ("Password", Canary), (key, value)])
                    .AsEnumerable(true)
            )
        );

        Assert.Contains(
            $"postgres.{char.ToLowerInvariant(key[0])}",
            exception.Message,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_fails_at_the_binder_without_the_password()
    {
        var section = Section([
            ("Name", "b"),
            ("Password", Canary),
            ("TlsCaCertFile", "base64:QQ=="),
            ("Pasword", Canary),
        ]);

        var exception = Assert.Throws<InvalidOperationException>(() =>
            section.Get<PostgresStoreArgs>(o => o.ErrorOnUnknownConfiguration = true)
        );

        Assert.Contains("Pasword", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string?> Files() =>
        new()
        {
            { "ca.pem", null },
            { "base64:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Declarations.Pem)), null },
            { "BASE64:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Declarations.Pem)), null },
            { Declarations.Pem, null },
            { "none.pem", "can't be read from the configured path, as there is no such file" },
            { "no/such/folder/ca.pem", "can't be read from the configured path, as there is no such file" },
            { "", "can't be read from the configured path, as it is no path, or the file can't be opened" },
            { ".", "can't be read from the configured path, as access is denied, or it is a folder" },
            { "base64:hunter2!", "holds no base64 after 'base64:'" },
            { "hunter2\0", "can't be read from the configured path, as it is no path, or the file can't be opened" },
            {
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Declarations.Pem)),
                "can't be read from the configured path"
            },
            { Declarations.Pem.Replace("\n", "\\n", StringComparison.Ordinal), "has '\\n' written out" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_a_path_base64_or_PEM_and_fails_by_its_propertys_name_without_being_shown(
        string configured,
        string? fault
    )
    {
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), Declarations.Pem);
        var path =
            configured.EndsWith(".pem", StringComparison.Ordinal) || configured == "."
                ? Path.Combine(_folder, configured)
                : configured;
        var section = Section([.. Required, ("TlsCaCertFile", path)]);

        foreach (
            var store in new[]
            {
                section.Get<PostgresStoreArgs>(o => o.ErrorOnUnknownConfiguration = true)!,
                PostgresStoreArgs.FromValues(section.AsEnumerable(true)),
            }
        )
        {
            Assert.NotNull(store.TlsCaCertFile);
            if (fault is null)
            {
                Assert.Empty(store.Validate());
                Assert.Equal(StoreFile.FromText(Declarations.Pem), store.TlsCaCertFile);
                continue;
            }

            var failure = Assert.Single(store.Validate());
            Assert.StartsWith($"postgres.tlsCaCertFile {fault}", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, failure.Message, StringComparison.Ordinal);
            Assert.True(path.Length < 2 || !failure.Message.Contains(path, StringComparison.Ordinal), failure.Message);
        }
    }

    [Theory]
    [InlineData("AWS_MSK_IAM", KafkaSaslHashFunction.AwsMskIam)]
    [InlineData("SHA512", KafkaSaslHashFunction.Sha512)]
    [InlineData("plain", KafkaSaslHashFunction.Plain)]
    public void A_token_names_a_value_by_FromValues(string configured, KafkaSaslHashFunction meant) =>
        Assert.Equal(
            meant,
            KafkaStoreArgs
                .FromValues(
                    Section([("Name", "o"), ("Uris", "b:1"), ("SaslHashFunction", configured)]).AsEnumerable(true)
                )
                .SaslHashFunction
        );

    private static (string, string?)[] Required =>
        [("Name", "billing"), ("Uris", "db.example.com/demo"), ("Username", "u"), ("Password", "p")];

    private static Type TypeOf(string subtype) => FullDeclarations.All.Single(d => d.Subtype.Name == subtype).GetType();

    private static object FromValues(Type type, IConfigurationSection section) =>
        type.GetMethod("FromValues")!.Invoke(null, [section.AsEnumerable(makePathsRelative: true)])!;

    /// <summary>The members of a record that a declaration can set.</summary>
    private static PropertyInfo[] Members(Type type)
    {
        PropertyInfo[] members =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite),
        ];
        var store = FullDeclarations.All.Single(d => d.GetType() == type);
        Assert.Subset(
            members.Select(m => m.Name.ToLowerInvariant()).ToHashSet(),
            store.Subtype.Properties.Select(p => p.Name.ToLowerInvariant()).ToHashSet()
        );
        return members;
    }

    private static IConfigurationSection Section(IEnumerable<(string Key, string? Value)> values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create($"Stores:One:{v.Key}", v.Value)))
            .Build()
            .GetSection("Stores:One");

    private static string Said(PropertyInfo member) =>
        Meant(member) switch
        {
            Secret secret => secret.Reveal(),
            StoreFile file => "base64:" + Convert.ToBase64String(file.Reveal().Span),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static object Meant(PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return type switch
        {
            _ when type == typeof(bool) => true,
            _ when type == typeof(long) => 8443L,
            _ when type == typeof(Secret) => new Secret($"{Canary} {member.Name} ,;:\"'"),
            _ when type == typeof(StoreFile) => StoreFile.FromText(Declarations.Pem),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ => $"the {member.Name}",
        };
    }
}
