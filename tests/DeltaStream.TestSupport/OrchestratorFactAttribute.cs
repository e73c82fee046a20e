using System.Runtime.InteropServices;

namespace DeltaStream.TestSupport;

/// <summary>A test that runs an app host, with Aspire's orchestrator for Linux on x64. Elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OrchestratorFactAttribute : FactAttribute
{
    public OrchestratorFactAttribute() =>
        Skip =
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64
                ? null
                : "The orchestrator is restored for Linux on x64 only.";
}
