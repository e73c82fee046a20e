using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

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
        var declarations = DeclarationCase.Of(way);
        if (declarations.Changed is { } changed)
        {
            accounts.Add(changed.AccountOf(way.Credentials));
        }

        return new SubtypeCase(
            declarations.Good.ToStore(),
            declarations.Changed?.ToStore(),
            declarations.BadCredentials?.ToStore()
        );
    }
}

/// <summary>What the tests do to one subtype.</summary>
/// <param name="Good">Accepted by the emulator.</param>
/// <param name="Changed">Changed in place, still accepted; null where nothing can be updated.</param>
/// <param name="BadCredentials">Updated to credentials that match no account; null where the spec shows none.</param>
public sealed record SubtypeCase(StoreArgs Good, StoreArgs? Changed, StoreArgs? BadCredentials);
