using System.CommandLine;
using System.Data.Common;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>The options that say where the service is.</summary>
internal sealed class ServiceOptions
{
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

    /// <summary>Which service the verb reaches, and in which role; empty before it does. It holds no secret.</summary>
    public string Service { get; private set; } = string.Empty;

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
        Func<StoreClient, Task<Result>> work
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
            Service = $"{dataSource.ConnectionString}\n{given.GetValue(_role)}";
            return await work(new StoreClient(dataSource)).ConfigureAwait(false);
        }
    }
}
