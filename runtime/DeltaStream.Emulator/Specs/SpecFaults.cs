using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaStream.Emulator.Specs;

/// <summary>What is wrong in a spec that has the right form. Each fault has the member that it is in, and the text there.</summary>
internal static partial class SpecFaults
{
    public static IEnumerable<(string Message, string[] Path, string? Text)> In(SpecFile file)
    {
        if (!Subtype().IsMatch(file.Subtype))
        {
            yield return (
                $"The subtype '{file.Subtype}' is not words of a-z and 0-9 with hyphens between them, such as acme-queue.",
                ["subtype"],
                null
            );
        }

        if (!TypeToken().IsMatch(file.Type))
        {
            yield return (
                $"The type '{file.Type}' is not a bareword of A-Z, 0-9 and _, such as ACME_QUEUE.",
                ["type"],
                null
            );
        }

        foreach (var (name, property) in file.Properties)
        {
            if (Wrong(file, name, property) is var (message, member))
            {
                yield return ($"{message}", ["properties", name, .. member], null);
            }
        }

        foreach (var (name, path) in References(file))
        {
            if (!file.Properties.ContainsKey(name))
            {
                yield return ($"There is no property '{name}'.", path, name);
            }
        }

        foreach (var (name, value, path) in Values(file))
        {
            if (file.Properties.GetValueOrDefault(name) is { } property && !property.Has(value))
            {
                yield return ($"'{value}' is no value of '{name}'; {property.Choice}.", path, value);
            }
        }

        if (file.Describe.Details.Values.GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            yield return ($"The details have '{twice.Key}' twice.", ["describe", "details"], twice.Key);
        }

        if (file.Probe is { Protocol: not "postgresql" } probe)
        {
            yield return (
                $"The emulator can't probe by '{probe.Protocol}'; it can by 'postgresql'.",
                ["probe", "protocol"],
                null
            );
        }
    }

    private static (string Message, string[] Member)? Wrong(SpecFile file, string name, PropertySpec property) =>
        property switch
        {
            { Kind: PropertyKind.Uris, Uri: null } => ($"'{name}' is of kind uris and has no 'uri'.", []),
            { Uri.Port: not ("required" or "optional") } => (
                $"'{property.Uri.Port}' is not required or optional.",
                ["uri", "port"]
            ),
            { Uri.Path: not ("none" or "any" or "segment") } => (
                $"'{property.Uri.Path}' is not none, any or segment.",
                ["uri", "path"]
            ),
            { Kind: PropertyKind.File, File: null } => ($"'{name}' is of kind file and has no 'file'.", []),
            { Kind: PropertyKind.Enum, Values.Count: 0 } => ($"'{name}' is of kind enum and has no 'values'.", []),
            { Default: { } value } when !property.Has(value) => (
                $"'{value}' is no value of '{name}'; {property.Choice}.",
                ["default"]
            ),
            { Unset: not ("refuse" or "omit" or "null") } => (
                $"'{property.Unset}' is not refuse, omit or null.",
                ["unset"]
            ),
            { Key: StatementCheck.TypeKey } => ($"'{name}' has the key of the type.", ["key"]),
            _ when file.Properties.First(p => p.Value.Key == property.Key).Key is var first && first != name => (
                $"'{name}' has the key '{property.Key}', which '{first}' has too.",
                ["key"]
            ),
            _ => null,
        };

    /// <summary>The names of properties that the spec refers to.</summary>
    private static IEnumerable<(string Name, string[] Path)> References(SpecFile file)
    {
        var rules = file.Rules.SelectMany(
            (rule, i) =>
                (
                    (IEnumerable<string>)
                        [
                            .. rule.When.Keys,
                            .. rule.Require,
                            .. rule.Forbid,
                            .. rule.Imply.Keys,
                            .. rule.ExactlyOneOf.SelectMany(n => n),
                        ]
                ).Select(name => (name, (string[])["rules", Invariant(i)]))
        );
        var groups = (file.Update?.Groups ?? []).SelectMany(
            (group, i) => group.Members.Select(name => (name, (string[])["update", "groups", Invariant(i), "members"]))
        );
        string?[] probe = file.Probe is { } p
            ? [p.Address, p.Username, p.Password, p.TlsDisabled, p.VerifyHostname, p.Authority]
            : [];
        string?[] described =
        [
            file.Describe.TlsDisabled,
            file.Describe.VerifyHostname,
            file.Describe.SchemaRegistry,
            .. file.Describe.Details.Values,
        ];
        return rules
            .Concat(groups)
            .Concat(probe.OfType<string>().Select(name => (name, (string[])["probe"])))
            .Concat(described.OfType<string>().Select(name => (name, (string[])["describe"])));
    }

    /// <summary>The values that rules compare properties with.</summary>
    private static IEnumerable<(string Name, string Value, string[] Path)> Values(SpecFile file) =>
        file.Rules.SelectMany(
            (rule, i) =>
                rule
                    .When.SelectMany(w =>
                        w.Value.Values.Select(v => (w.Key, v, (string[])["rules", Invariant(i), "when", w.Key]))
                    )
                    .Concat(rule.Imply.Select(p => (p.Key, p.Value, (string[])["rules", Invariant(i), "imply", p.Key])))
        );

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subtype();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeToken();
}
