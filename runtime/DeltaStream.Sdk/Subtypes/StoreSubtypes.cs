using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Sdk;

/// <summary>The vetted store subtypes (D-010). There is no other, and no catch-all.</summary>
public static partial class StoreSubtypes
{
    /// <summary>Finds a subtype by name or by type, however it is spelled: see <see cref="StoreSubtype.IsSpelled"/>.</summary>
    /// <param name="name">The name, such as <c>kafka</c>, or the type, such as <c>POSTGRESQL</c> or <c>Postgres</c>.</param>
    /// <param name="subtype">The subtype; null when there is none of that name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet([NotNullWhen(true)] string? name, [NotNullWhen(true)] out StoreSubtype? subtype)
    {
        foreach (var candidate in All)
        {
            if (candidate.IsSpelled(name))
            {
                subtype = candidate;
                return true;
            }
        }

        subtype = null;
        return false;
    }

    /// <summary>Finds a subtype by name or by type, however it is spelled: see <see cref="StoreSubtype.IsSpelled"/>.</summary>
    /// <param name="name">The name, such as <c>kafka</c>, or the type, such as <c>POSTGRESQL</c> or <c>Postgres</c>.</param>
    /// <returns>The subtype.</returns>
    /// <exception cref="StoreValidationException">There is no such subtype; the message lists those there are.</exception>
    public static StoreSubtype Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryGet(name, out var subtype)
            ? subtype
            : throw new StoreValidationException(
                name,
                [
                    new StoreValidationFailure(
                        "subtype",
                        StoreValidationCodes.UnsupportedSubtype,
                        $"subtype '{name}' is not supported: use one of {string.Join(", ", All.Select(s => s.Name))}"
                    ),
                ]
            );
    }
}
