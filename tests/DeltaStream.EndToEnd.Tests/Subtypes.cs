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
                var ways = Way.Of(SpecDocument.Read(subtype), watch);
                _accounts.AddRange(ways.Select(w => w.Minimal.AccountOf(w.Credentials)));
                _cases[subtype] = new Lazy<SubtypeCase>(Case(ways[0]));
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

    private SubtypeCase Case(Way way)
    {
        var good = way.Minimal;
        var changes = good
            .Spec.Properties.Where(p => p.Mutable && way.Extended(good, p) is not null)
            .OrderByDescending(p => good.Has(p.Name))
            .ThenByDescending(p => p.Secret)
            .SelectMany(p => way.Changed(way.Extended(good, p)!, p))
            .ToLookup(way.Knows);
        // Where nothing but credentials can be updated, the account is changed with them.
        var changed = changes[true].Concat(changes[false]).First();
        _accounts.Add(changed.AccountOf(way.Credentials));
        return new SubtypeCase(good.Args, changed.Args, changes[false].First(c => c != changed).Args);
    }
}

/// <summary>What the tests do to one subtype.</summary>
/// <param name="Good">Accepted by the emulator.</param>
/// <param name="Changed">Changed in place, still accepted.</param>
/// <param name="BadCredentials">Credentials that match no account.</param>
public sealed record SubtypeCase(StoreArgs Good, StoreArgs Changed, StoreArgs BadCredentials);
