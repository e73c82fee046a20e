// What the compiler needs for today's C# and netstandard2.0 doesn't have. Written down, because the order of what a package
// generates differs from run to run, and with it the assembly's bytes. Embedded: no other assembly sees them, tests included.
#pragma warning disable IDE0130 // The compiler finds them by these names.

namespace Microsoft.CodeAnalysis
{
    [Embedded]
    [System.AttributeUsage(System.AttributeTargets.All)]
    internal sealed class EmbeddedAttribute : System.Attribute;
}

namespace System
{
    /// <summary>For <c>span[1..]</c>, which the compiler makes a slice of; it only wants to see the type.</summary>
    [Microsoft.CodeAnalysis.Embedded]
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;

        public static implicit operator Index(int value) => new(value);
    }

    [Microsoft.CodeAnalysis.Embedded]
    internal readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;

        public Index End { get; } = end;

        public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

        public static Range EndAt(Index end) => new(new Index(0), end);
    }
}

namespace System.Runtime.CompilerServices
{
    [Microsoft.CodeAnalysis.Embedded]
    internal static class IsExternalInit;

    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute;

    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;

    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}
