using DeltaStream.Emulator.Hosting;

namespace DeltaStream.Emulator.Tests.Hosting;

public class CommandLineTests
{
    private static CommandLine Parse(params string[] arguments) => CommandLine.Parse(arguments, null);

    private static string Refused(params string[] arguments) =>
        Assert.Throws<CommandLineException>(() => Parse(arguments)).Message;

    [Fact]
    public void Without_arguments_there_are_defaults()
    {
        var commandLine = Parse();
        Assert.Equal("127.0.0.1:5433", commandLine.Postgres.ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), commandLine.ProvisionDelay);
        Assert.Equal("127.0.0.1:8088", commandLine.Http.ToString());
        Assert.Null(commandLine.Password);
        Assert.Null(commandLine.Token);
        Assert.Equal(["sysadmin"], commandLine.Roles);
        Assert.Empty(commandLine.Faults);
        Assert.False(commandLine.AsyncStatements);
        Assert.Null(commandLine.DataFile);
        Assert.Null(commandLine.AccountsFile);
        Assert.False(commandLine.NoAuth || commandLine.Live || commandLine.Verbose || commandLine.Help);
    }

    [Fact]
    public void Every_option_is_read()
    {
        var commandLine = Parse([
            "--postgres",
            "0.0.0.0:0",
            "--password=a=b",
            "--provision-delay",
            "1.5s",
            "--data-file",
            "f",
            "--accounts=a",
            "--live",
            "--verbose",
            "--http=[::1]:8",
            "--token",
            "t=u",
            "--async-statements",
            "--role",
            "a b",
            "--role=c",
            "--fault=slow-headers,delay=1s",
            "--fault=TRUNCATED-BODY",
        ]);
        Assert.Equal("[::1]:8", commandLine.Http.ToString());
        Assert.Equal("t=u", commandLine.Token);
        Assert.True(commandLine.AsyncStatements);
        Assert.Equal(["a b", "c"], commandLine.Roles);
        Assert.Equal(
            [EmulatorFaultKind.SlowHeaders, EmulatorFaultKind.TruncatedBody],
            commandLine.Faults.Select(f => f.Kind)
        );
        Assert.Equal("0.0.0.0:0", commandLine.Postgres.ToString());
        Assert.Equal("a=b", commandLine.Password);
        Assert.Equal(TimeSpan.FromSeconds(1.5), commandLine.ProvisionDelay);
        Assert.Equal("f", commandLine.DataFile);
        Assert.Equal("a", commandLine.AccountsFile);
        Assert.True(commandLine.Live && commandLine.Verbose);
        Assert.True(Parse("--no-auth").NoAuth);
        Assert.True(Parse("--help").Help && Parse("-h").Help);
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
        Assert.Equal(endpoint, Parse("--postgres", text).Postgres.ToString());

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
    [InlineData("--postgre", "Unknown option --postgre; did you mean --postgres?")]
    [InlineData("--noauth", "Unknown option --noauth; did you mean --no-auth?")]
    [InlineData("--provison-delay", "Unknown option --provison-delay; did you mean --provision-delay?")]
    [InlineData("--frobnicate", "Unknown option --frobnicate; --help lists them.")]
    [InlineData("file", "Unknown option file; --help lists them.")]
    [InlineData("--data-file", "--data-file needs a value.")]
    [InlineData("--live=yes", "--live takes no value.")]
    [InlineData("--password=", "--password is empty.")]
    [InlineData("--token=", "--token is empty.")]
    [InlineData("--role=", "--role is empty.")]
    [InlineData("--async-statement", "Unknown option --async-statement; did you mean --async-statements?")]
    [InlineData("--http=8088", "--http '8088' is not an address and a port, such as 127.0.0.1:8088.")]
    public void What_is_wrong_is_named(string argument, string message) => Assert.Equal(message, Refused(argument));

    [Fact]
    public void A_password_comes_from_the_command_line_or_else_from_the_environment()
    {
        Assert.Equal("env", CommandLine.Parse([], "env").Password);
        Assert.Equal("line", CommandLine.Parse(["--password", "line"], "env").Password);
        Assert.Null(CommandLine.Parse([], "").Password);
        Assert.Null(CommandLine.Parse(["--no-auth"], "env").Password);
        Assert.Equal("env", CommandLine.Parse([], null, "env").Token);
        Assert.Equal("line", CommandLine.Parse(["--token", "line"], null, "env").Token);
        Assert.Null(CommandLine.Parse([], null, "").Token);
        Assert.Null(CommandLine.Parse(["--no-auth"], null, "env").Token);
        Assert.Equal(
            "--token has no effect with --no-auth: give one or the other.",
            Refused("--no-auth", "--token", "hunter2")
        );
        Assert.Equal(
            "--password has no effect with --no-auth: give one or the other.",
            Refused("--no-auth", "--password", "hunter2")
        );
    }
}
