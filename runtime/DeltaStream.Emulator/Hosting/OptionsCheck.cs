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
        options switch
        {
            { NoAuth: true } when !IPAddress.IsLoopback(options.PostgresEndpoint.Address) => Reachable(
                options.PostgresEndpoint,
                "a password"
            ),
            { NoAuth: true } when !IPAddress.IsLoopback(options.HttpEndpoint.Address) => Reachable(
                options.HttpEndpoint,
                "a token"
            ),
            { HttpEndpoint: { Port: not 0 } http } when http.Equals(options.PostgresEndpoint) =>
                $"The PostgreSQL protocol and the REST API can't both be at {http}: give one of them another port.",
            { NoAuth: true, Password: not null } =>
                "A password has no effect without authentication: give one or the other.",
            { NoAuth: true, Token: not null } => "A token has no effect without authentication: give one or the other.",
            { TlsCertificateFile: null, TlsKeyFile: not null } or { TlsCertificateFile: not null, TlsKeyFile: null } =>
                "TLS needs a certificate and its private key: give both files, or none.",
            { Password: "" } => "The password is empty.",
            { Token: "" } => "The token is empty.",
            // It travels in a header, which holds nothing else for sure.
            { Token: { } token } when !token.All(c => c is > ' ' and <= '~') =>
                "The token has characters other than visible ASCII, which a header can't carry.",
            { ProvisionDelay.Ticks: < 0 } => "The provisioning delay is negative.",
            { AsyncPolls: < 0 } => "The number of polls that find a statement running is negative.",
            { PartitionRows: < 1 } => "A partition has less than one row; leave the option out to have one partition.",
            { Roles.Count: 0 } => "There is no role: the first one is the administrator.",
            _ when options.Roles.Any(string.IsNullOrWhiteSpace) => "A role has no name.",
            _ when options.Roles.GroupBy(r => r).FirstOrDefault(g => g.Count() > 1) is { } twice =>
                $"The role {twice.Key} is given twice.",
            _ => null,
        };

    private static string Reachable(IPEndPoint endpoint, string secret) =>
        $"Without authentication the emulator listens on loopback only, and {endpoint.Address} can be reached from other machines. "
        + $"Set {secret}, or listen on 127.0.0.1.";
}
