using DeltaStream.Emulator.CommandLine;

namespace DeltaStream.Emulator.Tests.CommandLine;

public class EmulatorCommandTests
{
    private readonly EmulatorCommand _command = new();

    private DeltaStreamEmulatorOptions Parse(params string[] arguments) => Parse(arguments, new());

    private DeltaStreamEmulatorOptions Parse(string[] arguments, Dictionary<string, string> environment)
    {
        var given = _command.Parse(arguments);
        Assert.Empty(given.Errors);
        return _command.Emulator(given, environment.GetValueOrDefault, null);
    }

    private string Refused(params string[] arguments) => Assert.Single(_command.Parse(arguments).Errors).Message;

    [Fact]
    public void Without_arguments_there_are_defaults()
    {
        var options = Parse();
        Assert.Equal("127.0.0.1:5433", options.PostgresEndpoint.ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), options.ProvisionDelay);
        Assert.Equal("127.0.0.1:8088", options.HttpEndpoint.ToString());
        Assert.Null(options.Password);
        Assert.Null(options.Token);
        Assert.Equal(["sysadmin"], options.Roles);
        Assert.Empty(_command.Faults(_command.Parse()));
        Assert.False(options.AsyncStatements);
        Assert.Null(options.DataFile);
        Assert.Empty(options.Accounts);
        Assert.Empty(options.KeyOverrides);
        Assert.Empty(options.SpecFiles);
        Assert.Null(options.TlsCertificateFile);
        Assert.Null(options.TlsKeyFile);
        Assert.False(options.NoAuth || options.LiveProbe || _command.IsVerbose(_command.Parse()));
    }

    [Fact]
    public void Every_option_is_read()
    {
        string[] arguments =
        [
            "--postgres",
            "0.0.0.0:0",
            "--password=a=b",
            "--provision-delay",
            "1.5s",
            "--data-file",
            "f",
            "--live",
            "--verbose",
            "--http=[::1]:8",
            "--token",
            "@t=u",
            "--async-statements",
            "--role",
            "a b",
            "--role=c",
            "--fault=slow-headers,delay=1s",
            "--fault=TRUNCATED-BODY",
            "--spec=a.store.json",
            "--spec",
            "b.store.json",
            "--tls-cert=c.pem",
            "--tls-key=k.pem",
        ];
        var given = _command.Parse(arguments);
        var options = Parse(arguments);
        Assert.Equal("[::1]:8", options.HttpEndpoint.ToString());
        Assert.Equal("@t=u", options.Token);
        Assert.True(options.AsyncStatements);
        Assert.Equal(["a b", "c"], options.Roles);
        Assert.Equal(
            [EmulatorFaultKind.SlowHeaders, EmulatorFaultKind.TruncatedBody],
            _command.Faults(given).Select(f => f.Kind)
        );
        Assert.Equal("0.0.0.0:0", options.PostgresEndpoint.ToString());
        Assert.Equal("a=b", options.Password);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.ProvisionDelay);
        Assert.Equal("f", options.DataFile);
        Assert.True(options.LiveProbe && _command.IsVerbose(given));
        Assert.Equal(["a.store.json", "b.store.json"], options.SpecFiles);
        Assert.Equal(("c.pem", "k.pem"), (options.TlsCertificateFile, options.TlsKeyFile));
        Assert.True(Parse("--no-auth").NoAuth);
        Assert.Contains(
            "'/none/a'",
            Assert.Throws<DirectoryNotFoundException>(() => Parse("--accounts=/none/a")).Message
        );
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("0.5m", 30_000)]
    public void A_time_has_its_unit(string text, double milliseconds) =>
        Assert.Equal(milliseconds, Parse("--provision-delay", text).ProvisionDelay.TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("-2s")]
    [InlineData("2h")]
    [InlineData("s")]
    [InlineData("1.2.3s")]
    [InlineData("999999999999m")]
    public void Another_time_is_not_understood(string text) =>
        Assert.Equal(
            $"--provision-delay '{text}' is not a time, such as 500ms, 2s or 1m.",
            Refused("--provision-delay", text)
        );

    [Theory]
    [InlineData("localhost:5433", "127.0.0.1:5433")]
    [InlineData("[::1]:1", "[::1]:1")]
    public void An_endpoint_is_read(string text, string endpoint) =>
        Assert.Equal(endpoint, Parse("--postgres", text).PostgresEndpoint.ToString());

    [Theory]
    [InlineData("5433")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("::1")]
    [InlineData("example.com:1")]
    public void Another_endpoint_is_not_understood(string text) =>
        Assert.Equal(
            $"--postgres '{text}' is not an address and a port, such as 127.0.0.1:5433.",
            Refused("--postgres", text)
        );

    [Theory]
    [InlineData("--postgre", "Unrecognized command or argument '--postgre'.")]
    [InlineData("--data-file", "Required argument missing for option: '--data-file'.")]
    [InlineData("--password=", "Required argument missing for option: '--password'.")]
    [InlineData("--token=", "Required argument missing for option: '--token'.")]
    [InlineData("--role=", "Required argument missing for option: '--role'.")]
    [InlineData("--key-override=", "Required argument missing for option: '--key-override'.")]
    [InlineData("--http=8088", "--http '8088' is not an address and a port, such as 127.0.0.1:8088.")]
    [InlineData("--fault=503,times=1", "--fault: unknown kind of fault '503'; there are service-unavailable, ")]
    public void What_is_wrong_is_named(string argument, string message) =>
        Assert.StartsWith(message, Refused(argument), StringComparison.Ordinal);

    /// <summary>What is not understood may be a secret, or the rest of one.</summary>
    [Theory]
    [InlineData("--tokn=hunter2", "'--tokn'")]
    [InlineData("--tokn hunter2", "'--tokn'")]
    [InlineData("--password correct hunter2", "'<value>'")]
    [InlineData("--live=hunter2", "'<value>'")]
    [InlineData("hunter2", "'<value>'")]
    public void No_value_of_an_unknown_option_is_shown(string arguments, string named) =>
        Assert.Equal($"Unrecognized command or argument {named}.", Refused(arguments.Split(' ')));

    [Fact]
    public void A_secret_comes_from_the_command_line_or_else_from_the_environment()
    {
        Dictionary<string, string> environment = new()
        {
            [EmulatorCommand.PasswordVariable] = "p",
            [EmulatorCommand.TokenVariable] = "t",
        };
        Dictionary<string, string> empty = environment.ToDictionary(v => v.Key, _ => "");

        Assert.Equal(("p", "t"), Secrets([], environment));
        Assert.Equal(("line", "t"), Secrets(["--password", "line"], environment));
        Assert.Equal(("p", "line"), Secrets(["--token", "line"], environment));
        Assert.Equal((null, null), Secrets([], empty));
        Assert.Equal((null, null), Secrets(["--no-auth"], environment));

        (string?, string?) Secrets(string[] arguments, Dictionary<string, string> variables)
        {
            var options = Parse(arguments, variables);
            return (options.Password, options.Token);
        }
    }
}
