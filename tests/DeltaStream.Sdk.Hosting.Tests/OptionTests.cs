using System.Reflection;
using System.Text;
using DeltaStream.Data;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Every option, and its message when it is wrong: the table of docs/hosting.md.</summary>
public sealed class OptionTests : HostingTest
{
    private const string Any = "";

    // A wrong value of each, and what is set beside it.
    private static readonly Dictionary<string, (string Wrong, (string Key, string Value)[] Beside)> s_wrong = new(
        StringComparer.Ordinal
    )
    {
        ["Server"] = ("api.example.com", []),
        ["Token"] = ("to ken", []),
        ["TokenFile"] = ("nowhere", []),
        ["AllowInsecureHosts"] = ("*.example.com", []),
        ["ApplicationName"] = ("tool\u00e9", []),
        ["AttachSecrets"] = ("yes", []),
        ["CommandTimeout"] = ("30", []),
        ["ComputePool"] = (Any, []),
        ["ConnectTimeout"] = ("-00:00:01", []),
        ["ConnectionString"] = ("Serwer=https://api.example.com", []),
        ["Database"] = (Any, []),
        ["HealthTimeout"] = ("00:00:00", []),
        ["KeyOverrides"] = ("kafka.topics", []),
        ["MaxRetries"] = ("11", []),
        ["RetryDelay"] = ("00:02:00", []),
        ["Organization"] = (Any, []),
        ["ResponseHeaderTimeout"] = ("30.00:00:00", []),
        ["Role"] = (Any, []),
        ["Schema"] = (Any, []),
        ["SessionId"] = ("id\u00e9", []),
        ["Store"] = (Any, []),
        ["Apply:Section"] = ("Stroes", []),
        ["Apply:StateFile"] = ("", [("Apply:Adopt", "false")]),
        ["Apply:Adopt"] = ("1", []),
        ["Apply:Delete"] = ("true", []),
        ["Apply:Unknown"] = ("Send", []),
        ["Apply:InBackground"] = ("on", []),
        ["Apply:OnFailure"] = ("Ignore", []),
    };

    [Fact]
    public void Each_option_has_a_row() =>
        Assert.Equal(
            Option.All.Select(o => o.Key).Order(StringComparer.Ordinal),
            s_wrong.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_setting_of_the_data_source_is_an_option() =>
        Assert.Empty(
            typeof(DeltaStreamOptions)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(p => p.Name)
                .Except(Option.All.Select(o => o.Name), StringComparer.Ordinal)
        );

    [Fact]
    public async Task The_page_has_every_option_and_its_message()
    {
        var table = new StringBuilder(
            "| Key below `DeltaStream:orders-org` | What it is | Wrong is, for example | Then the start fails with |\n"
        );
        table.Append("| --- | --- | --- | --- |\n");
        foreach (var option in Option.All)
        {
            var (wrong, beside) = s_wrong[option.Key];
            var (shown, message) = ("nothing: any text is taken", "");
            if (wrong.Length > 0 || beside.Length > 0)
            {
                var faults = await FaultsAsync([(option.Key, wrong), .. beside]);
                message = Assert.Single(faults).Replace(Folder, "/app", StringComparison.Ordinal);
                shown = wrong.Length == 0 ? "to leave it out" : $"`{wrong}`";
                Assert.StartsWith(
                    option.Key is "Apply:Section" ? "Stroes" : $"DeltaStream:{Org}:",
                    message,
                    StringComparison.Ordinal
                );
                // No value is shown but that of an override, which is part of no secret.
                Assert.True(
                    wrong.Length < 5
                        || option.Key is "Apply:Section" or "KeyOverrides"
                        || !message.Contains(wrong, StringComparison.Ordinal),
                    message
                );
            }

            table.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| `{option.Key}` | {Cell(option.Description)} | {shown} | {Cell(message)} |\n"
            );
        }

        await PageFile.AssertSectionAsync("docs/hosting.md", "options", table.ToString());
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        var faults = await FaultsAsync([
            ("Server", "api.example.com"),
            ("Token", $"a b{Watch.Canary()}"),
            ("Rolle", "x"),
            ("CommandTimeout", "5"),
            ("Apply:StateFil", "x"),
            ("Apply:Adopt", "maybe"),
        ]);

        Assert.Equal(6, faults.Count(f => !f.Contains("Apply:StateFile", StringComparison.Ordinal)));
        Assert.Contains($"DeltaStream:{Org}:Rolle is no setting; did you mean 'Role'?", faults);
        Assert.Contains($"DeltaStream:{Org}:Apply:StateFil is no setting; did you mean 'StateFile'?", faults);
        Assert.All(faults, f => Watch.Look("fault", f));
    }

    [Fact]
    public async Task A_connection_string_that_is_wrong_is_named_and_not_shown()
    {
        var builder = NewHost(
            ($"ConnectionStrings:{Org}", $"Server=https://api.example.com;Tokn={Watch.Canary()}"),
            ("ConnectionStrings:billing-org", $"Host=h;Pasword={Watch.Canary()}")
        );
        builder.Services.AddDeltaStream(Org);
        builder.Services.AddKeyedDeltaStream("billing-org", DeltaStreamNpgsql.CreateDataSource);

        var exception = await Assert.ThrowsAsync<AggregateException>(() => Build(builder).StartAsync());

        Assert.Contains($"ConnectionStrings:{Org}: ", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:billing-org: ", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_transport_does_not_have_is_a_fault()
    {
        var builder = NewHost(($"DeltaStream:{Org}:Role", "sysadmin"));
        builder.Services.AddDeltaStream(Org, DeltaStreamNpgsql.CreateDataSource);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Build(builder).StartAsync());

        Assert.Equal(
            [
                $"DeltaStream:{Org}:Role is a setting of the REST API, and this transport has its settings in ConnectionStrings:{Org}: remove it.",
                $"ConnectionStrings:{Org} is missing: set it to the connection string.",
            ],
            exception.Failures
        );
    }

    [Fact]
    public async Task What_code_sets_is_checked_too()
    {
        var builder = NewHost();
        builder.Services.AddDeltaStream(Org, o => o.Rest.Server = new Uri("http://api.example.com"));
        builder.Services.AddKeyedDeltaStream(
            "billing-org",
            o =>
            {
                o.Rest.Token = "t";
                o.KeyOverrides = "kafka.nothing=x";
            }
        );

        var exception = await Assert.ThrowsAsync<AggregateException>(() => Build(builder).StartAsync());

        Assert.Contains($"DeltaStream:{Org}:Token is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DeltaStream:billing-org: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_and_a_file_for_it_are_one_too_many()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "token"), "t");

        Assert.Contains(
            $"DeltaStream:{Org}:Token is set, and so is DeltaStream:{Org}:TokenFile: remove one of them.",
            await FaultsAsync([("TokenFile", "token"), ("Token", "t")])
        );
    }

    [Fact]
    public async Task A_token_file_and_a_callback_are_one_too_many()
    {
        var builder = NewHost(($"DeltaStream:{Org}:TokenFile", "token"));
        builder.Services.AddDeltaStream(Org, o => o.Rest.TokenProvider = _ => new DeltaStreamToken("t"));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Build(builder).StartAsync());

        Assert.StartsWith(
            $"DeltaStream:{Org}:TokenFile is set, and code sets a callback",
            Assert.Single(exception.Failures),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, null, "Apply", "Stores")]
    [InlineData(true, null, "Stores")]
    // It is read there when it is named.
    [InlineData(true, $"DeltaStream:{Org}:Stores")]
    public async Task Sections_that_nobody_reads_are_faults(bool applies, string? section, params string[] faulty)
    {
        var builder = NewHost(
            ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
            ($"DeltaStream:{Org}:Apply:Adopt", "true"),
            ("Stores", ""),
            ($"DeltaStream:{Org}:Stores", "")
        );
        var client = builder.Services.AddDeltaStream(Org);
        if (applies)
        {
            client.ApplyStores(o => o.Section = section);
        }

        var exception = await Record.ExceptionAsync(() => Build(builder).StartAsync());

        Assert.Equal(
            faulty.Select(f => $"DeltaStream:{Org}:{f} is read"),
            ((exception as OptionsValidationException)?.Failures ?? []).Select(f =>
                f[..(f.IndexOf(" is read", StringComparison.Ordinal) + " is read".Length)]
            )
        );
        Assert.Equal(faulty.Length == 0, exception is null);
    }

    [Fact]
    public async Task A_client_may_have_the_name_of_a_section()
    {
        var builder = NewHost(
            ("ConnectionStrings:DeltaStream", Emulator.RestConnectionString),
            ("DeltaStream:Apply:Token", "t"),
            ("DeltaStream:Stores:Token", "t")
        );
        builder.Services.AddDeltaStream();
        builder.Services.AddKeyedDeltaStream("Apply");
        builder.Services.AddKeyedDeltaStream("Stores");

        await Build(builder).StartAsync();
    }

    [Fact]
    public void Every_right_value_is_read()
    {
        (string Key, string? Value)[] values =
        [
            ("ConnectionString", "Database=replaced;Token=replaced"),
            ("Server", "https://api.example.com"),
            ("Token", "t"),
            ("TokenFile", "token"),
            ("Organization", "o"),
            ("Role", "r"),
            ("Database", "d"),
            ("Schema", "s"),
            ("Store", "st"),
            ("ComputePool", "c"),
            ("SessionId", "i"),
            ("ApplicationName", "a"),
            ("ConnectTimeout", "00:00:01"),
            ("ResponseHeaderTimeout", "00:00:02"),
            ("CommandTimeout", "00:00:03"),
            ("AllowInsecureHosts:0", "one"),
            ("AllowInsecureHosts:1", "two"),
            ("AttachSecrets", "true"),
            ("KeyOverrides", "kafka.schemaRegistryName=kafka.schema_registry_name:string"),
            ("HealthTimeout", "00:00:04"),
            ("MaxRetries", "7"),
            ("RetryDelay", "00:00:05"),
            ("Apply:Section", "Mine"),
            ("Apply:StateFile", "f"),
            ("Apply:Adopt", "true"),
            ("Apply:Delete", "true"),
            ("Apply:Unknown", "Keep"),
            ("Apply:InBackground", "true"),
            ("Apply:OnFailure", "Degrade"),
        ];
        Assert.Equal(
            Option.All.Select(o => o.Key).Order(StringComparer.Ordinal),
            values
                .Select(v => v.Key.Split(":0")[0])
                .Where(k => k != "AllowInsecureHosts:1")
                .Order(StringComparer.Ordinal)
        );
        var builder = NewHost([("Mine", ""), .. values.Select(v => ($"DeltaStream:{Org}:{v.Key}", v.Value))]);
        // A token and a file are one too many, so the file is taken back once it was read.
        string? file = null;
        builder.Services.AddDeltaStream(Org, o => (file, o.TokenFile) = (o.TokenFile, null)).ApplyStores();
        var services = Build(builder).Services;

        var options = services.GetRequiredService<IOptionsMonitor<DeltaStreamHostingOptions>>().Get(Org);
        var apply = services.GetRequiredService<IOptionsMonitor<StoreApplyServiceOptions>>().Get(Org);

        Assert.Equal(
            "server=https://api.example.com/v2;organization=o;role=r;database=d;schema=s;store=st;compute pool=c;session id=i;application name=a;allow insecure hosts=one,two;connect timeout=1;response header timeout=2;command timeout=3;max retries=7;retry delay=5000",
            options.Rest.ToString(),
            ignoreCase: true
        );
        Assert.Equal(
            ("t", "token", true, TimeSpan.FromSeconds(4), "Database=replaced;Token=replaced"),
            (options.Rest.Token, file, options.AttachSecrets, options.HealthTimeout, options.ConnectionString)
        );
        Assert.Equal((7, TimeSpan.FromSeconds(5)), (options.Rest.MaxRetries, options.Rest.RetryDelay));
        Assert.Equal(
            ("Mine", "f", true, true, StoreUnknownValues.Keep, true, StoreApplyFailure.Degrade),
            (
                apply.Section,
                apply.StateFile,
                apply.Adopt,
                apply.Delete,
                apply.Unknown,
                apply.InBackground,
                apply.OnFailure
            )
        );
        Assert.NotNull(options.KeyOverrides);
        Assert.NotNull(services.GetRequiredService<DeltaStreamDataSource>());
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(IEnumerable<(string Key, string Value)> settings)
    {
        var given = settings.ToArray();
        var builder = NewHost([
            .. given.Any(g => g.Key is "TokenFile" or "ConnectionString" or "Token")
                ? Array.Empty<(string, string?)>()
                : [($"DeltaStream:{Org}:Token", "t")],
            .. given.Any(g => g.Key is "Apply:Delete" || g.Key.StartsWith("Apply:StateFil", StringComparison.Ordinal))
                ? Array.Empty<(string, string?)>()
                : [($"DeltaStream:{Org}:Apply:StateFile", "stores.json")],
            ("Stores", ""),
            .. given.Select(s => ($"DeltaStream:{Org}:{s.Key}", (string?)s.Value)),
        ]);
        builder.Services.AddDeltaStream(Org).ApplyStores();

        var exception = await Record.ExceptionAsync(() => Build(builder).StartAsync());

        return exception switch
        {
            OptionsValidationException one => [.. one.Failures],
            AggregateException several =>
            [
                .. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures),
            ],
            _ => throw new InvalidOperationException("The host started, or failed otherwise.", exception),
        };
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
