using System.Net;

namespace DeltaStream.Emulator.Hosting;

/// <summary>Refuses options that contradict each other or would open the emulator to other machines.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">An option is wrong; the message says which and what to do.</exception>
    public static void Check(DeltaStreamEmulatorOptions options)
    {
        if (options.NoAuth && !IPAddress.IsLoopback(options.PostgresEndpoint.Address))
        {
            throw new ArgumentException(
                $"Without authentication the emulator listens on loopback only, and {options.PostgresEndpoint.Address} can be reached from other machines. Set a password, or listen on 127.0.0.1.",
                nameof(options)
            );
        }

        if (options.NoAuth && options.Password is not null)
            throw new ArgumentException(
                "A password has no effect without authentication: give one or the other.",
                nameof(options)
            );
        if (options.Password is "")
            throw new ArgumentException("The password is empty.", nameof(options));
        if (options.ProvisionDelay < TimeSpan.Zero)
            throw new ArgumentException("The provisioning delay is negative.", nameof(options));
    }
}
