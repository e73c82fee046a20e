using DeltaStream.Aspire.Hosting;
using DeltaStream.Emulator.Identity;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A local DeltaStream, run by the app host. Its connection string is the REST API's, with the token:
/// <c>Server=http://localhost:.../v2;Token=...</c>
/// </summary>
public sealed class DeltaStreamEmulatorResource : ExecutableResource, IResourceWithConnectionString
{
    internal const string HttpEndpointName = "http";
    internal const string PostgresEndpointName = "tcp";

    internal DeltaStreamEmulatorResource(
        string name,
        EmulatorProgram program,
        string workingDirectory,
        ParameterResource token
    )
        : base(name, program.Command, workingDirectory)
    {
        Token = token;
        HttpEndpoint = new EndpointReference(this, HttpEndpointName);
        PostgresEndpoint = new EndpointReference(this, PostgresEndpointName);
    }

    /// <summary>The secret of both protocols: the REST API's bearer token, and the password of the user <c>deltastream</c>.</summary>
    public ParameterResource Token { get; }

    /// <summary>Where the REST API is reached. The endpoint is called <c>http</c>.</summary>
    public EndpointReference HttpEndpoint { get; }

    /// <summary>Where the PostgreSQL protocol is reached. The endpoint is called <c>tcp</c>.</summary>
    public EndpointReference PostgresEndpoint { get; }

    /// <summary>How a client of the REST API connects to it.</summary>
    /// <remarks>From a container the emulator is not on loopback, so the host that may have the token over http is named.</remarks>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Server={HttpEndpoint.Property(EndpointProperty.Url)}/v2;Allow Insecure Hosts={HttpEndpoint.Property(EndpointProperty.Host)};Token={new QuotedValue(Token)}"
        );

    /// <summary>How Npgsql connects to it: <c>Host=localhost;Port=...;Username=deltastream;Password=...;Database=deltastream</c></summary>
    public ReferenceExpression PostgresConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Host={PostgresEndpoint.Property(EndpointProperty.Host)};Port={PostgresEndpoint.Property(EndpointProperty.Port)};Username={EmulatorIdentity.User};Password={new QuotedValue(Token)};Database={EmulatorIdentity.Database}"
        );
}
