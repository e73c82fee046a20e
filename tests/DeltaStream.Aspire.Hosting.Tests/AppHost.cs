using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Aspire.Hosting.Tests;

/// <summary>App hosts of the tests: without the dashboard, which is another program, and quiet.</summary>
internal static class AppHost
{
    public static IDistributedApplicationBuilder Create(string? folder = null, params string[] arguments)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                AssemblyName = typeof(AppHost).Assembly.GetName().Name,
                ProjectDirectory = folder,
                DisableDashboard = true,
                // Aspire asks where the dashboard is even if it is not to run.
                Args = ["--DcpPublisher:DashboardPath=none", .. arguments],
            }
        );
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }
}
