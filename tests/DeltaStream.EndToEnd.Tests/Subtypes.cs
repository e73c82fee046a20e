using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A declaration of each subtype whose credentials the emulator knows, and what the tests do to it: all from the specs.</summary>
public sealed class Subtypes
{
    private readonly Dictionary<string, Lazy<SubtypeCase>> _cases = new(StringComparer.Ordinal);
    private readonly List<EmulatorAccount> _accounts = [];

    internal Subtypes(CanaryWatch watch)
    {
        foreach (var subtype in StoreSubtypes.All.Select(s => s.Name))
        {
            try
            {
                var ways = CanaryValues.WaysOf(subtype, watch);
                _accounts.AddRange(ways.Select(w => w.Minimal.AccountOf(w.Credentials)));
                _cases[subtype] = new Lazy<SubtypeCase>(Case(ways[0], _accounts));
            }
            catch (SpecGapException gap)
            {
                // The tests of this subtype say so, and the others go on.
                _cases[subtype] = new Lazy<SubtypeCase>(() => throw new SpecGapException(gap.Message));
            }
        }
    }

    /// <summary>The one awkward name that everything must carry.</summary>
    public static string Name => "we\"ird 东西";

    /// <summary>The names of all subtypes.</summary>
    public static TheoryData<string> All => [.. StoreSubtypes.All.Select(s => s.Name)];

    public IReadOnlyList<EmulatorAccount> Accounts => _accounts;

    public SubtypeCase this[string subtype] => _cases[subtype].Value;

    /// <summary>What can be done to a subtype, as its spec has it, and the account that this takes.</summary>
    internal static SubtypeCase Case(Way way, ICollection<EmulatorAccount> accounts)
    {
        var good = way.Minimal;
        // Where nothing but credentials can be updated, the account is changed with them.
        var changed = Changes(way).OrderByDescending(way.Knows).FirstOrDefault();
        if (changed is null)
        {
            return new SubtypeCase(good.ToStore(), Changed: null, BadCredentials: null);
        }

        accounts.Add(changed.AccountOf(way.Credentials));
        // Each time a secret is another one.
        var bad = Changes(way)
            .FirstOrDefault(c => !way.Knows(c) && way.Credentials.Any(n => !Equals(c.ValueOf(n), changed.ValueOf(n))));
        return new SubtypeCase(good.ToStore(), changed.ToStore(), bad?.ToStore());
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

/// <summary>What the tests do to one subtype.</summary>
/// <param name="Good">Accepted by the emulator.</param>
/// <param name="Changed">Changed in place, still accepted; null where nothing can be updated.</param>
/// <param name="BadCredentials">Updated to credentials that match no account; null where the spec shows none.</param>
public sealed record SubtypeCase(StoreArgs Good, StoreArgs? Changed, StoreArgs? BadCredentials);
