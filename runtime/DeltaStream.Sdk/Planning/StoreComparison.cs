using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Snapshots;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Planning;

/// <summary>Compares one declaration with what is known of its store and what the service shows.</summary>
/// <param name="declared">The declaration.</param>
/// <param name="known">What is known; null when nothing is.</param>
/// <param name="view">What the service shows.</param>
/// <param name="key">The key of the state.</param>
internal sealed class StoreComparison(StoreArgs declared, StoreSnapshot? known, StoreView view, StoreStateKey key)
{
    private const string Interrupted = "an update that was interrupted is not confirmed";
    private const string NotInPlace = "nothing of it can be updated in place";

    private readonly List<StorePropertyChange> _changes = [];
    private readonly List<string> _unknown = [];
    private StorePropertySet _changed = StorePropertySet.None;

    private Store Row => view.Row;

    // After an interrupted CREATE that is proved, what was attempted is what the store has.
    private IReadOnlyDictionary<string, StoreSnapshotValue?>? Confirmed =>
        known?.Attempt == StoreAttempt.Create ? known.Attempted : known?.Properties;

    private IReadOnlyDictionary<string, StoreSnapshotValue?>? Attempted =>
        known?.Attempt == StoreAttempt.Update ? known.Attempted : null;

    private bool IsUpdatedOutside =>
        known is { Attempt: null or StoreAttempt.Delete, UpdatedAt: { } updated } && updated != Row.UpdatedAt;

    /// <summary>Plans a store that is known.</summary>
    public PlannedStore Plan(StorePlanner planner)
    {
        if (known!.Subtype != declared.Subtype.Name || !declared.Subtype.Matches(Row.Type))
        {
            var old = known.Subtype != declared.Subtype.Name ? known.Subtype : Row.Type;
            _changes.Add(new StorePropertyChange("subtype", old, declared.Subtype.Name, InPlace: false));
            return Replace(planner, "the subtype can't be changed in place");
        }

        if (declared.Owner is { } owner && owner != Row.Owner)
        {
            var reason = known.Owner == owner ? "changed outside" : null;
            _changes.Add(new StorePropertyChange("owner", Row.Owner, owner, InPlace: false, reason));
        }

        if (Compare(planner) is { } refusal)
        {
            return refusal;
        }

        if (_changes.Find(c => !c.InPlace) is { } blocking)
        {
            return Replace(
                planner,
                blocking.New is null
                    ? $"{blocking.Property} can't be taken away in place"
                    : $"{blocking.Property} can't be changed in place"
            );
        }

        if (Row.IsErrored)
        {
            return Everything(planner, StoreAction.Retry, Errored) ?? Replace(planner, $"{Errored}; {NotInPlace}");
        }

        return (_changes.Count, Row) switch
        {
            (> 0, _) => Update(planner, StoreAction.Update, Because()),
            (_, { IsReady: true }) => Item(StoreAction.None, "it is as declared"),
            _ => Item(StoreAction.Wait, $"it is as declared, and the service still works on it ({Row.State})"),
        };
    }

    /// <summary>Plans to take over a store that nothing is known of.</summary>
    public PlannedStore Adopt(StorePlanner planner, string reason)
    {
        if (Compare(planner) is { } refusal)
        {
            return refusal;
        }

        if (_changes.Find(c => !c.InPlace) is { } blocking)
        {
            return Item(
                StoreAction.Conflict,
                $"{reason}; but {blocking.Property} differs and can't be changed in place"
            );
        }

        return Row.IsErrored
            ? Everything(planner, StoreAction.Adopt, $"{reason}; {Errored}")
                ?? Item(StoreAction.Conflict, $"{reason}; but {Errored}; {NotInPlace}")
            : Update(planner, StoreAction.Adopt, reason);
    }

    private PlannedStore? Compare(StorePlanner planner)
    {
        var (properties, policy) = (declared.Subtype.Properties, planner.UnknownValues);
        for (var i = 0; i < properties.Length; i++)
        {
            if (!planner.NotCompared.Contains(properties[i].Name))
            {
                Compare(i, properties[i], policy);
            }
        }

        return policy == StoreUnknownValues.Fail && _unknown.Count > 0
            ? Item(
                StoreAction.Conflict,
                $"nobody can tell the values of {string.Join(", ", _unknown)}, and the plan must not send them"
            )
            : null;
    }

    private void Compare(int index, StoreProperty property, StoreUnknownValues policy)
    {
        var (name, value) = (property.Name, declared.ValueOf(index));
        if (view.Described?[property] is { } shown)
        {
            CompareShown(index, property, shown);
            return;
        }

        StoreSnapshotValue? last = null;
        // What an update can't change is known after one, too.
        if (Confirmed?.TryGetValue(name, out last) != true || (IsUpdatedOutside && property.Mutable))
        {
            Unknown(index, property, policy);
        }
        else if (!Is(last, name, value))
        {
            Change(index, Shown(property, last), null);
        }
        else if (Attempted is { } attempted && !Is(attempted.GetValueOrDefault(name), name, value))
        {
            Change(index, Shown(property, last), Interrupted);
        }
    }

    private void CompareShown(int index, StoreProperty property, string shown)
    {
        var value = declared.ValueOf(index);
        if (!DescribedValues.IsSame(property, value, shown))
        {
            var before = Confirmed?.GetValueOrDefault(property.Name);
            var isDrift = before is not null && !DescribedValues.IsSame(property, before.Plain, shown);
            Change(index, view.Described!.Quoted(property), isDrift ? "changed outside" : null);
        }
        else if (
            Attempted is { } attempted
            && !DescribedValues.IsSame(property, attempted.GetValueOrDefault(property.Name)?.Plain, shown)
        )
        {
            Change(index, view.Described!.Quoted(property), Interrupted);
        }
    }

    // A spec may make a property secret after its value was kept as it is.
    private static string? Shown(StoreProperty property, StoreSnapshotValue? last) =>
        property.Secret && last is { Fingerprint: null } ? Secret.Redacted : last?.ToString();

    private bool Is(StoreSnapshotValue? last, string property, object? value) =>
        last is null ? value is null : last.Is(declared.Name, property, value, key);

    private void Unknown(int index, StoreProperty property, StoreUnknownValues policy)
    {
        // Something is wrong with a store that errored, so what is unknown is not kept.
        var isSent =
            (policy == StoreUnknownValues.SendAll || (policy == StoreUnknownValues.Keep && Row.IsErrored))
            && property.Mutable
            && (declared.ValueOf(index) is not null || property.Unset == StorePropertyUnset.Null);
        if (isSent)
        {
            Change(
                index,
                "(unknown)",
                IsUpdatedOutside ? $"updated outside at {StorePlanner.Time(Row.UpdatedAt)}" : null
            );
        }
        else
        {
            _unknown.Add(property.Name);
        }
    }

    private void Change(int index, string? old, string? reason)
    {
        var property = declared.Subtype.Properties[index];
        var value = StoreSnapshotValue.Of(declared.Name, property.Name, declared.ValueOf(index), key)?.ToString();
        // The service drops a value by itself when the rules forbid the property beside the others.
        var isKept = value is null && !declared.ForbiddenProperties().Contains(index);
        var inPlace = property.Mutable && !(isKept && property.Unset == StorePropertyUnset.Refuse);
        _changes.Add(new StorePropertyChange(property.Name, old, value, inPlace, reason));
        _changed = _changed.With(index);
    }

    private string Because() =>
        _changes.FirstOrDefault(c => c.Reason is not null)?.Reason is { } reason ? reason : "the declaration changed";

    private PlannedStore Update(StorePlanner planner, StoreAction action, string reason, bool isEverything = false)
    {
        // What is not known can't be sent.
        var changes =
            planner.NotCompared.Count > 0 ? default
            : isEverything ? StoreChanges.Of(declared, StoreChanges.Everything(declared).Changed.Union(_changed))
            : StoreChanges.Of(declared, _changed);
        return Item(action, reason) with
        {
            Update = changes,
            Statements = planner.UpdateText(declared, changes) is { } text ? [text] : [],
        };
    }

    /// <summary>Sends everything that can be updated; null when nothing can.</summary>
    private PlannedStore? Everything(StorePlanner planner, StoreAction action, string reason) =>
        Update(planner, action, reason, isEverything: true) is { SendsStatements: true } update ? update : null;

    private string Errored => $"the store errored: {Row.StatusMessage ?? "the service gives no reason"}";

    private PlannedStore Replace(StorePlanner planner, string reason) =>
        Item(StoreAction.Replace, reason) with
        {
            Statements = [StoreStatement.Drop(declared.Name).ToString(), planner.CreateText(declared)],
        };

    private PlannedStore Item(StoreAction action, string reason) =>
        StorePlanner.Item(declared, known, Row, action, reason) with
        {
            Changes = _changes,
            Unknown = _unknown,
        };
}
