using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Sdk;

/// <summary>The vetted store subtypes (D-010). There is no other, and no catch-all.</summary>
public static partial class StoreSubtypes
{
    /// <summary>Gets a subtype by its name or its type, in any form that <see cref="StoreSubtype.Matches"/> accepts.</summary>
    /// <param name="name">The name, such as <c>kafka</c>, or the type, such as <c>POSTGRESQL</c> or <c>Postgres</c>.</param>
    /// <param name="subtype">The subtype; null when no subtype has that name.</param>
    /// <returns>Whether a subtype has that name.</returns>
    public static bool TryGet([NotNullWhen(true)] string? name, [NotNullWhen(true)] out StoreSubtype? subtype)
    {
        foreach (var candidate in All)
        {
            if (candidate.Matches(name))
            {
                subtype = candidate;
                return true;
            }
        }

        subtype = null;
        return false;
    }

    /// <summary>Gets a subtype by its name or its type, in any form that <see cref="StoreSubtype.Matches"/> accepts.</summary>
    /// <param name="name">The name, such as <c>kafka</c>, or the type, such as <c>POSTGRESQL</c> or <c>Postgres</c>.</param>
    /// <returns>The subtype.</returns>
    /// <exception cref="StoreValidationException">There is no such subtype; the message lists all.</exception>
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
