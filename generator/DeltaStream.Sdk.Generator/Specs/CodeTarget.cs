namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>Where generated code goes, and who sees it: a project says so by MSBuild properties.</summary>
/// <param name="Namespace">The namespace, with keywords escaped.</param>
/// <param name="Accessibility">The types' accessibility: <c>public</c> or <c>internal</c>.</param>
internal sealed record CodeTarget(string Namespace, string Accessibility)
{
    /// <summary>The namespace of the SDK, which the built-in subtypes are in.</summary>
    public const string SdkNamespace = "DeltaStream.Sdk";

    public static CodeTarget Sdk { get; } = new(SdkNamespace, "public");

    /// <summary>Whether it is the SDK itself that is compiled, and no project that uses it.</summary>
    public bool IsSdk => Namespace == SdkNamespace;

    /// <summary>The full name of a generated type.</summary>
    public string NameOf(string type) => $"global::{Namespace}.{type}";
}
