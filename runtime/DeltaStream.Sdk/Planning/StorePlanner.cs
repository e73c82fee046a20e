using System.Globalization;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Snapshots;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Planning;

/// <summary>Decides what to do with each store. A pure function of what is declared, known and shown by the service.</summary>
/// <param name="state">What is known.</param>
/// <param name="options">What the plan may do.</param>
/// <param name="overrides">The client's key overrides, for the text of statements.</param>
/// <param name="ownSubtypes">The subtypes of a project's own specs.</param>
internal sealed class StorePlanner(
    StoreState state,
    StorePlanOptions options,
    KeyOverrides? overrides,
    IReadOnlyList<StoreSubtype> ownSubtypes
)
{
    // Nobody can write a statement whose values are not known.
    private const string NotWritten = "a statement with values that are not known yet";

    private const string NotShown =
        "the service does not show its addresses, which would prove that it is the declared one";

    /// <summary>The names of properties whose declared values are not known here, so that nothing is said of them. Empty for none.</summary>
    public IReadOnlySet<string> NotCompared { get; init; } = new HashSet<string>();

    /// <summary>Makes the plan.</summary>
    /// <param name="declared">Valid declarations, each name once.</param>
    /// <param name="views">What the service shows, by name. A store that is not in it does not exist.</param>
    public StorePlan Plan(IReadOnlyList<StoreArgs> declared, IReadOnlyDictionary<string, StoreView> views)
    {
        var names = declared.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        var stores = declared.Select(d =>
            Plan(d, state.Stores.GetValueOrDefault(d.Name), views.GetValueOrDefault(d.Name))
        );
        var left = state
            .Stores.Where(known => !names.Contains(known.Key))
            .Select(known => PlanUndeclared(known.Key, known.Value, views.GetValueOrDefault(known.Key)));
        var planned = stores
            .Concat(left)
            .Select(s => s with { FoundBy = views.GetValueOrDefault(s.Name)?.Role, Drift = DriftOf(s) });
        return new StorePlan([.. planned], state);
    }

    /// <summary>Whether DESCRIBE STORE would help to plan a store that the catalog shows.</summary>
    public static bool NeedsDescription(StoreSnapshot? known, Store row, StorePlanOptions options) =>
        options.DescribeAll || known is null || known.CreatedAt is null || known.UpdatedAt != row.UpdatedAt;

    /// <summary>The subtype of a store whose CREATE is not confirmed: what it shows proves that it is the one, whatever is declared now.</summary>
    public StoreSubtype? Unproved(StoreSnapshot known) =>
        known.IsUnproved ? StoreSubtypes.All.Concat(ownSubtypes).FirstOrDefault(s => s.Name == known.Subtype) : null;

    /// <summary>What is known of a store that was not declared yet: what the service shows, and nothing of the rest.</summary>
    /// <remarks>Without the time of the last update the next plan describes the store, and compares as the service shows it.</remarks>
    /// <param name="description">The store.</param>
    /// <param name="role">The role that sees it; null for the connection's.</param>
    public static StoreSnapshot Imported(StoreDescription description, string? role = null) =>
        new()
        {
            Owner = role,
            Subtype = description.Subtype!.Name,
            CreatedAt = description.Store.CreatedAt,
            Properties = description
                .Subtype.Properties.Where(description.IsShown)
                .ToDictionary(
                    p => p.Name,
                    p => (StoreSnapshotValue?)new StoreSnapshotValue(description.Values[p.Name]),
                    StringComparer.Ordinal
                ),
        };

    private PlannedStore Plan(StoreArgs declared, StoreSnapshot? known, StoreView? view)
    {
        if (view is null)
        {
            return (known, known?.Attempt) switch
            {
                (null, _) => Create(StoreAction.Create, "the catalog shows no store of that name"),
                (_, StoreAttempt.Create or StoreAttempt.Delete) => Create(
                    StoreAction.Create,
                    "the catalog shows no store of that name after an interrupted apply"
                ),
                _ => Create(StoreAction.Recreate, "the store was deleted outside"),
            };
        }

        var row = view.Row;
        if (known is null)
        {
            return Unknown("the store exists, and nothing is known of it", whenAdopted: "it exists and is taken over");
        }

        if (known.CreatedAt is { } created && created != row.CreatedAt)
        {
            var reason = $"somebody else deleted the store and created it anew at {Time(row.CreatedAt)}";
            return Unknown(reason, reason + "; it is taken over");
        }

        var proving = known.Subtype == declared.Subtype.Name ? declared.Subtype : Unproved(known);
        if (known.CreatedAt is null && Doubt(proving, known, view) is { } doubt)
        {
            // Before it is ready, the service may refuse to describe it (wire fact 3.6). Apply proves it then.
            if (doubt == NotShown && view.Described is null && row is { IsReady: false, IsErrored: false })
            {
                return Item(
                    declared,
                    known,
                    row,
                    StoreAction.Wait,
                    $"after an interrupted apply a store of that name exists, and the service still works on it ({row.State})"
                );
            }

            return Unknown(
                $"after an interrupted apply a store of that name exists, and {doubt}",
                whenAdopted: "it exists after an interrupted apply and is taken over"
            );
        }

        return new StoreComparison(declared, known, view, state.Key).Plan(this);

        PlannedStore Create(StoreAction action, string reason) =>
            Item(declared, known, null, action, reason) with
            {
                Statements = [CreateText(declared)],
            };

        PlannedStore Unknown(string reason, string whenAdopted)
        {
            if (!declared.Subtype.Matches(row.Type))
            {
                return Item(declared, known, row, StoreAction.Conflict, $"{reason}; it is of type {row.Type}");
            }

            if (declared.Owner is { } owner && owner != row.Owner)
            {
                return Item(declared, known, row, StoreAction.Conflict, $"{reason}; it is owned by {row.Owner}");
            }

            return options.Adopt
                ? new StoreComparison(declared, null, view, state.Key).Adopt(this, whenAdopted)
                : Item(declared, known, row, StoreAction.Conflict, reason);
        }
    }

    private PlannedStore PlanUndeclared(string name, StoreSnapshot known, StoreView? view)
    {
        var row = view?.Row;
        var item = new PlannedStore
        {
            Name = name,
            Subtype = known.Subtype,
            Action = StoreAction.Forget,
            Reason = "it is no longer declared, and the catalog shows none",
            Known = known,
            Found = row,
        };
        return row switch
        {
            null when known.IsUnproved => item with
            {
                Reason =
                    $"{item.Reason} after an interrupted apply; apply polls for it for {StoreOperation.AfterSilence.TotalSeconds:0} s before it forgets it",
            },
            null => item,
            _ when known.CreatedAt is null && Doubt(Unproved(known), known, view!) is { } doubt => item with
            {
                Action = StoreAction.Conflict,
                Reason =
                    $"it is no longer declared, after an interrupted apply a store of that name exists, and {doubt}",
            },
            _ when known.CreatedAt is { } created && created != row.CreatedAt => item with
            {
                Reason = $"it is no longer declared, and somebody else created another at {Time(row.CreatedAt)}",
            },
            _ when options.Delete => item with
            {
                Action = StoreAction.Delete,
                Reason = "it is no longer declared",
                Statements = [StoreStatement.Drop(name).ToString()],
            },
            _ => item with { Action = StoreAction.None, Reason = "it is no longer declared, and kept" },
        };
    }

    private static string? DriftOf(PlannedStore planned) =>
        planned is { Declared: { Owner: null }, Known.ShownOwner: { } owner, Found: { } row }
        && planned.Known.CreatedAt == row.CreatedAt
        && owner != row.Owner
            ? $"the owner was changed outside from {VisibleText.Quoted(owner)} to {VisibleText.Quoted(row.Owner)}, and no update changes it"
            : null;

    /// <summary>Why a store that appeared after an interrupted CREATE may be another's; null when it is proved to be the one.</summary>
    public static string? Doubt(StoreSubtype? subtype, StoreSnapshot known, StoreView view)
    {
        var (row, attempted) = (view.Row, known.Attempted);
        if (known.Attempt != StoreAttempt.Create || attempted is null || subtype is null)
        {
            return "nothing proves that it is the declared one";
        }

        if (!subtype.Matches(row.Type))
        {
            return $"it is of type {row.Type}";
        }

        if (known.Owner is { } owner && owner != row.Owner)
        {
            return $"it is owned by {row.Owner}";
        }

        var proved = false;
        foreach (var property in subtype.Properties)
        {
            if (view.Described?[property] is not { } shown)
            {
                continue;
            }

            if (!DescribedValues.IsSame(property, attempted.GetValueOrDefault(property.Name)?.Plain, shown))
            {
                return $"its {property.Name} is {view.Described.Quoted(property)}";
            }

            proved |= property.Kind == StorePropertyKind.Uris;
        }

        return proved ? null : NotShown;
    }

    /// <summary>An item of the plan, without changes.</summary>
    public static PlannedStore Item(
        StoreArgs declared,
        StoreSnapshot? known,
        Store? found,
        StoreAction action,
        string reason
    ) =>
        new()
        {
            Name = declared.Name,
            Subtype = declared.Subtype.Name,
            Action = action,
            Reason = reason,
            Declared = declared,
            Known = known,
            Found = found,
        };

    public StoreUnknownValues UnknownValues => options.Unknown;

    public string CreateText(StoreArgs store) =>
        NotCompared.Count > 0
            ? NotWritten
            : StoreStatement.Create(store, StoreFileTransport.Attachment, overrides).ToString();

    public string? UpdateText(StoreArgs store, StoreChanges changes) =>
        NotCompared.Count > 0
            ? NotWritten
            : StoreStatement.Update(store, changes, StoreFileTransport.Attachment, overrides)?.ToString();

    /// <summary>What became of a store since a plan found it; null when it is still the same.</summary>
    public static string? Replaced(DateTimeOffset createdAt, Store? now) =>
        now is null ? "the store was deleted"
        : now.CreatedAt != createdAt ? $"the store was deleted and created anew at {Time(now.CreatedAt)}"
        : null;

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
