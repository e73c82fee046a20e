using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>One thing that is wrong with a declaration.</summary>
/// <param name="Descriptor">The diagnostic.</param>
/// <param name="Member">The C# member that it is about.</param>
/// <param name="Message">What the validator would say.</param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, string Member, string Message)
{
    public bool Is(DiagnosticDescriptor descriptor) => Descriptor.Equals(descriptor);
}
