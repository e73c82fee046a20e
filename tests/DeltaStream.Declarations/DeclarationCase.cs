namespace DeltaStream.Declarations;

/// <summary>What tests do to one subtype, as its spec has it.</summary>
/// <param name="Good">Accepted by the account of its way.</param>
/// <param name="Changed">Changed in place, still right; null where nothing can be updated.</param>
/// <param name="BadCredentials">Updated to credentials that match no account; null where the spec shows none.</param>
internal sealed record DeclarationCase(Declaration Good, Declaration? Changed, Declaration? BadCredentials)
{
    public static DeclarationCase Of(Way way)
    {
        var good = way.Minimal;
        // Where nothing but credentials can be updated, the account is changed with them.
        var changed = Changes(way).OrderByDescending(way.Knows).FirstOrDefault();
        // Each time a secret is another one.
        var bad = changed is null
            ? null
            : Changes(way)
                .FirstOrDefault(c =>
                    !way.Knows(c) && way.Credentials.Any(n => !Equals(c.ValueOf(n), changed.ValueOf(n)))
                );
        return new DeclarationCase(good, changed, bad);
    }

    /// <summary>The likeliest first: what must be said, and secrets.</summary>
    private static List<Declaration> Changes(Way way) =>
        [
            .. way
                .Minimal.Spec.Properties.Where(p => p.Mutable && way.Extended(way.Minimal, p) is not null)
                .OrderByDescending(p => way.Minimal.Has(p))
                .ThenByDescending(p => p.Secret)
                .SelectMany(p => way.Changed(way.Extended(way.Minimal, p)!, p)),
        ];
}
