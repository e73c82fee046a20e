using System.Net;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Refuses options that contradict each other or would open the emulator to other machines.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">An option is wrong; the message says which and what to do.</exception>
    public static void Check(DeltaStreamEmulatorOptions options)
    {
        if (Wrong(options) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }
    }

    private static string? Wrong(DeltaStreamEmulatorOptions options) =>
        Endpoints(options) ?? Secrets(options) ?? Rest(options) ?? Roles(options.Roles);

    private static string? Endpoints(DeltaStreamEmulatorOptions options)
    {
        if (options.NoAuth && Reachable(options.PostgresEndpoint) is { } postgres)
        {
            return $"{postgres} Set a password, or listen on 127.0.0.1.";
        }

        if (options.NoAuth && Reachable(options.HttpEndpoint) is { } http)
        {
            return $"{http} Set a token, or listen on 127.0.0.1.";
        }

        return options.PostgresEndpoint.Port != 0 && options.PostgresEndpoint.Equals(options.HttpEndpoint)
            ? $"The PostgreSQL protocol and the REST API can't both be at {options.HttpEndpoint}: give one of them another port."
            : null;
    }

    private static string? Reachable(IPEndPoint endpoint) =>
        IPAddress.IsLoopback(endpoint.Address)
            ? null
            : $"Without authentication the emulator listens on loopback only, and {endpoint.Address} can be reached from other machines.";

    private static string? Secrets(DeltaStreamEmulatorOptions options) =>
        options switch
        {
            { NoAuth: true, Password: not null } =>
                "A password has no effect without authentication: give one or the other.",
            { NoAuth: true, Token: not null } => "A token has no effect without authentication: give one or the other.",
            { Password: "" } => "The password is empty.",
            { Token: "" } => "The token is empty.",
            // It travels in a header, which holds nothing else for sure.
            { Token: { } token } when !token.All(c => c is > ' ' and <= '~') =>
                "The token has characters other than visible ASCII, which a header can't carry.",
            _ => null,
        };

    private static string? Rest(DeltaStreamEmulatorOptions options) =>
        options switch
        {
            { ProvisionDelay.Ticks: < 0 } => "The provisioning delay is negative.",
            { AsyncPolls: < 0 } => "The number of polls that find a statement running is negative.",
            { PartitionRows: < 1 } => "A partition has less than one row; leave the option out to have one partition.",
            _ => null,
        };

    private static string? Roles(IReadOnlyList<string> roles)
    {
        if (roles.Count == 0)
        {
            return "There is no role: the first one is the administrator.";
        }

        if (roles.Any(string.IsNullOrWhiteSpace))
        {
            return "A role has no name.";
        }

        var twice = roles.GroupBy(r => r).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : $"The role {twice.Key} is given twice.";
    }
}
