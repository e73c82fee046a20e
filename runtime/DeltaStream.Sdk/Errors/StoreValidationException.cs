using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>A declaration breaks rules of its subtype; nothing was sent (FR-006).</summary>
public sealed class StoreValidationException : StoreException
{
    /// <summary>Reports failures.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="failures">All failures; at least one.</param>
    public StoreValidationException(string storeName, IReadOnlyList<StoreValidationFailure> failures)
        : base(storeName, Describe(storeName, failures)) => Failures = failures;

    /// <summary>All failures, in the order of the spec.</summary>
    public IReadOnlyList<StoreValidationFailure> Failures { get; }

    private static IEnumerable<string> Describe(string storeName, IReadOnlyList<StoreValidationFailure> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return failures.Count == 1
            ? [$"Store '{storeName}' is not valid: {failures[0].Message}"]
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Store '{storeName}' is not valid, for {failures.Count} reasons:"
                ),
                .. failures.Select(f => f.ToString()),
            ];
    }
}
