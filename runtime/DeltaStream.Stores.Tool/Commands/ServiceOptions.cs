using System.CommandLine;
using System.Data.Common;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>The options that say where the service is.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The variable with other keys for properties that are unverified.</summary>
    public const string OverridesVariable = "DELTASTREAM_KEY_OVERRIDES";

    private readonly Option<string?> _server = new("--server")
    {
        HelpName = "URL",
        Description = "The address of the REST API. The token is in DELTASTREAM_API_KEY.",
    };
    private readonly Option<string?> _connection = new("--connection")
    {
        HelpName = "Host=...;...",
        Description = "How to connect over PostgreSQL's protocol. With a password better in DELTASTREAM_CONNECTION.",
    };
    private readonly Option<string?> _role = new("--role")
    {
        HelpName = "NAME",
        Description = "The role to act as, over REST.",
    };

    public ServiceOptions(Command verb)
    {
        verb.Options.Add(_server);
        verb.Options.Add(_connection);
        verb.Options.Add(_role);
    }

    /// <summary>Does something with the service. What keeps it from being reached has its own exit code.</summary>
    public async Task<Result> WithServiceAsync(
        ParseResult given,
        EnvironmentFile environment,
        Func<ReachedService, Task<Result>> work
    )
    {
        var connection = new ServerConnection(
            given.GetValue(_server),
            given.GetValue(_connection),
            given.GetValue(_role)
        );
        DbDataSource dataSource;
        try
        {
            dataSource = connection.Open(environment);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            return new Result { ExitCode = ExitCode.NoConnection, Error = Failure.MessageOf(e, isStopped: false) };
        }

        await using (dataSource.ConfigureAwait(false))
        {
            return await work(
                    new(Client(dataSource, environment), $"{dataSource.ConnectionString}\n{given.GetValue(_role)}")
                )
                .ConfigureAwait(false);
        }
    }

    private static StoreClient Client(DbDataSource dataSource, EnvironmentFile environment)
    {
        try
        {
            var overrides = StoreClientOptions.ParseKeyOverrides(environment[OverridesVariable]);
            return new StoreClient(dataSource, new StoreClientOptions { KeyOverrides = overrides });
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            var why = Failure
                .MessageOf(e, isStopped: false)
                .Replace($"{nameof(StoreClientOptions.KeyOverrides)}: ", string.Empty, StringComparison.Ordinal);
            throw new InvalidDataException($"{OverridesVariable}: {why}", e);
        }
    }
}

/// <summary>A service that a verb can send to.</summary>
/// <param name="Client">Who sends.</param>
/// <param name="Identity">Which service it is, and in which role it is reached. It holds no secret.</param>
internal sealed record ReachedService(StoreClient Client, string Identity);
