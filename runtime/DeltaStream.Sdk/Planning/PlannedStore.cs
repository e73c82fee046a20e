using System.Text;

namespace DeltaStream.Sdk;

/// <summary>What a plan does with one store, and why.</summary>
public sealed record PlannedStore
{
    /// <summary>The store's name.</summary>
    public required string Name { get; init; }

    /// <summary>The declared subtype, or the known one of a store that is no longer declared.</summary>
    public required string Subtype { get; init; }

    /// <summary>What is done.</summary>
    public required StoreAction Action { get; init; }

    /// <summary>Why, in a sentence without its full stop.</summary>
    public required string Reason { get; init; }

    /// <summary>What changes, in the spec's order. Empty for a store that is created, deleted or not changed.</summary>
    public IReadOnlyList<StorePropertyChange> Changes { get; init; } = [];

    /// <summary>
    /// That somebody changed the owner, which the declaration does not name, so that the plan does not change it; null when nobody
    /// did. To get an owner back, declare it: the store is replaced.
    /// </summary>
    public string? Drift { get; init; }

    /// <summary>The properties whose value nobody can tell and that the plan leaves as they are; empty for none.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The statements that are sent, in order, with <c>'***'</c> for secrets; empty for none.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>The store as the catalog showed it; null when it showed none.</summary>
    public Store? Found { get; init; }

    /// <summary>The role that saw <see cref="Found"/>; null for the connection's.</summary>
    internal string? FoundBy { get; init; }

    /// <summary>Whether apply sends statements for it.</summary>
    public bool SendsStatements => Statements.Count > 0;

    /// <summary>Whether nothing is done with it, and nothing was done to it.</summary>
    internal bool IsQuiet => Action == StoreAction.None && Drift is null;

    /// <summary>The declaration; null when the store is no longer declared.</summary>
    internal StoreArgs? Declared { get; init; }

    /// <summary>What is known of it when the plan begins; null when nothing is.</summary>
    internal StoreSnapshot? Known { get; init; }

    /// <summary>What an update sends.</summary>
    internal Statements.StoreChanges Update { get; init; }

    /// <summary>Says what is done, and what changes, a line for each.</summary>
    /// <returns>The lines.</returns>
    public override string ToString()
    {
        var text = new StringBuilder($"{Sign} {Name} ({Subtype}): {StorePlan.Word(Action)}, because {Reason}");
        foreach (var change in Changes)
        {
            text.Append("\n    ").Append(change);
        }

        if (Drift is not null)
        {
            text.Append("\n    ! ").Append(Drift);
        }

        if (Unknown.Count > 0)
        {
            text.Append("\n    ? unknown and kept: ").AppendJoin(", ", Unknown);
        }

        return text.ToString();
    }

    private string Sign =>
        Action switch
        {
            StoreAction.Create or StoreAction.Recreate => "+",
            StoreAction.Update or StoreAction.Retry or StoreAction.Adopt => "~",
            StoreAction.Replace => "-/+",
            StoreAction.Delete => "-",
            StoreAction.Conflict => "!",
            _ => "=",
        };
}
