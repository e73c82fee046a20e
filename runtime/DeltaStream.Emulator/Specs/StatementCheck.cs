using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Specs;

/// <summary>Checks the WITH list of CREATE STORE and UPDATE STORE as the service does (wire facts 1.3, 1.4, 4).</summary>
internal static class StatementCheck
{
    private const string TypeKey = "type";

    /// <summary>The subtype that a CREATE names.</summary>
    public static StoreSpec TypeOf(CreateStore statement)
    {
        var type =
            statement.Assignments.FirstOrDefault(a => a.Key == TypeKey) ?? throw ParameterError.Missing([TypeKey]);
        var known = string.Join(", ", StoreSpecs.All.Select(s => s.Type).Order(StringComparer.Ordinal));
        if (type.Form != ValueForm.Bareword)
        {
            throw ParseError.At(type.ValueAt, "'type' =", $"expected is one of the barewords {known}");
        }

        return StoreSpecs.ByType(type.Value)
            ?? throw new StatementException(
                SqlState.FeatureNotSupported,
                $"store type {(ParseError.IsKeyLike(type.Value) ? type.Value.ToUpperInvariant() : "given")} is not supported; "
                    + $"the supported types are {known}"
            );
    }

    /// <summary>The parameters of a CREATE by property name, canonical, after every check.</summary>
    public static Dictionary<string, string?> Create(StoreSpec spec, CreateStore statement, Attachments attachments)
    {
        var given = Given(spec, statement.Assignments, attachments, isUpdate: false);
        var rules = new RuleCheck(spec, given);
        Check(rules, rules.Missing(), given);
        return given;
    }

    /// <summary>
    /// The parameters that an UPDATE gives, by property name and canonical (null for NULL), after every check;
    /// and the names of stored parameters that go with it.
    /// </summary>
    public static (Dictionary<string, string?> Given, HashSet<string> Dropped) Update(
        StoreSpec spec,
        UpdateStore statement,
        IReadOnlyDictionary<string, string?> stored,
        Attachments attachments
    )
    {
        var given = Given(spec, statement.Assignments, attachments, isUpdate: true);
        var groups = spec.Groups.Where(g => g.Always || g.Members.Any(given.ContainsKey)).ToList();

        // What a group leaves out goes with it, where the spec says so; a mode's credentials leave with the mode
        // (wire fact 1.4).
        var dropped = groups
            .SelectMany(g => g.Members)
            .Where(name => !given.ContainsKey(name) && spec.ByName(name).Unset == "omit")
            .ToHashSet();
        dropped.UnionWith(given.Where(g => g.Value is null).Select(g => g.Key));
        var after = Merge(stored, given, dropped);

        // A file that was sent once stays; whatever else the new state forbids falls away rather than to block the
        // update.
        var state = new RuleCheck(spec, after);
        dropped.UnionWith(state.Forbidden().Concat(state.Abandoned(given)).Where(name => !given.ContainsKey(name)));
        after = Merge(stored, given, dropped);

        var rules = new RuleCheck(spec, after);
        var missing = rules.Missing().ToHashSet();
        var required = rules.RequiredByRules().ToHashSet();
        foreach (var name in groups.SelectMany(g => g.Members).Where(name => !given.ContainsKey(name)))
        {
            var property = spec.ByName(name);
            var kept = property.Kind == PropertyKind.File && !property.Required;
            if (!kept && (property.Required || property.Default is not null || required.Contains(name)))
            {
                missing.Add(property.Key);
            }
        }

        Check(rules, missing, given);
        return (given, dropped);
    }

    private static void Check(RuleCheck rules, IEnumerable<string> missing, Dictionary<string, string?> given)
    {
        if (missing.ToList() is { Count: > 0 } keys)
        {
            throw ParameterError.Missing(keys);
        }

        if (rules.Contradiction(given) is { } contradiction)
        {
            throw contradiction;
        }
    }

    private static Dictionary<string, string?> Merge(
        IReadOnlyDictionary<string, string?> stored,
        Dictionary<string, string?> given,
        HashSet<string> dropped
    )
    {
        var after = stored.Where(s => !dropped.Contains(s.Key)).ToDictionary();
        foreach (var (name, value) in given.Where(g => g.Value is not null))
        {
            after[name] = value;
        }

        return after;
    }

    private static Dictionary<string, string?> Given(
        StoreSpec spec,
        IReadOnlyList<Assignment> assignments,
        Attachments attachments,
        bool isUpdate
    )
    {
        var given = new Dictionary<string, string?>();
        var seen = new HashSet<string>();
        foreach (var assignment in PropertiesFile.Expand(spec, assignments, attachments))
        {
            var key = assignment.Key;
            var property = spec.ByKey(key);
            var wrong = property switch
            {
                null when key != TypeKey => UnknownKey(spec, assignment),
                null when isUpdate => ParameterError.Invalid("'type' can't be changed by UPDATE STORE"),
                _ when !seen.Add(key) => ParameterError.Invalid($"'{key}' is given twice"),
                { Mutable: false } when isUpdate => ParameterError.Invalid(
                    property,
                    "can't be changed by UPDATE STORE"
                ),
                _ => null,
            };
            if (wrong is not null)
            {
                throw wrong;
            }

            if (property is not null)
            {
                var nullAllowed = isUpdate && property.Unset == "null";
                given.Add(property.Name, ValueCheck.Of(property, assignment, nullAllowed, attachments));
            }
        }

        return given;
    }

    private static StatementException UnknownKey(StoreSpec spec, Assignment assignment) =>
        // The service's grammar has the keys in it, so an unknown one is a syntax error at the key (wire fact 1.2).
        ParseError.At(
            assignment.KeyAt,
            ParseError.IsKeyLike(assignment.Key) ? $"'{assignment.Key}'" : "<string>",
            $"the parameters of {spec.Type} are {string.Join(", ", spec.Properties.Select(p => p.Key))}"
        );
}
