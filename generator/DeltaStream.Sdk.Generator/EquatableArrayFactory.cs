namespace DeltaStream.Sdk.Generator;

/// <summary>Makes equatable arrays at the end of a query.</summary>
internal static class EquatableArrayFactory
{
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items);
}
