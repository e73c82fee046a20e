using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>
/// Checks the accounts beside a spec, of which an emulator and its tests take the credentials of each way to
/// authenticate.
/// </summary>
/// <remarks>No message shows a value: accounts of somebody's own may be real.</remarks>
internal static class AccountsCheck
{
    private static readonly string[] s_unreadable = ["a text file", "none that can be read"];

    public static EquatableArray<DiagnosticRecord> Find(AccountsSource source, CancellationToken cancellation)
    {
        var path = source.File.Path;
        if (source.File.GetText(cancellation) is not { } text)
        {
            return new[]
            {
                new DiagnosticRecord(
                    SpecDiagnostics.NotAccounts,
                    new LocationRecord(path, default, default),
                    s_unreadable.ToEquatableArray()
                ),
            }.ToEquatableArray();
        }

        var faults = new SpecFaults(path, text);
        if (!source.HasSpec)
        {
            faults.Add(SpecDiagnostics.AccountsAlone, default, SampleFiles.NameOf(path));
        }
        else
        {
            Find(text, source.Spec, faults);
        }

        return faults.ToEquatableArray();
    }

    private static void Find(SourceText text, StoreSpec? spec, SpecFaults faults)
    {
        var (value, fault) = JsonReader.Read(text);
        if (fault is not null)
        {
            faults.Add(SpecDiagnostics.NotAccounts, fault.Span, fault.Expected, fault.Found);
        }
        else if (value is not JsonArray array)
        {
            faults.Add(
                SpecDiagnostics.NotAccounts,
                new TextSpan(value!.Span.Start, 1),
                "an array of accounts",
                value.Kind
            );
        }
        else if (spec is not null)
        {
            var accounts = array.Items.Select(i => Read(i, spec, faults)).OfType<Account>().ToList();
            if (accounts.Count == array.Items.Count)
            {
                FindUncovered(spec, accounts, new TextSpan(array.Span.Start, 1), faults);
            }
        }
    }

    // Null where so much is wrong that nothing can be said of what the account is for.
    private static Account? Read(JsonValue item, StoreSpec spec, SpecFaults faults)
    {
        if (item is not JsonObject value)
        {
            faults.Add(SpecDiagnostics.NotAccounts, item.Span, "an account", item.Kind);
            return null;
        }

        var json = new SpecObject(value, "An account", SpecObject.Brace(value), faults);
        var type = json.RequiredText("type");
        var parameters = json.Object("parameters", required: true);
        json.Finish();
        if (type is not null && type != spec.Type)
        {
            faults.Add(
                SpecDiagnostics.WrongAccount,
                json.PlaceOf("type"),
                $"The account's type is '{type}', and that of '{spec.Subtype}' is {spec.Type}: write {spec.Type}"
            );
            return null;
        }

        if (parameters is null)
        {
            return null;
        }

        var account = new Account(SpecObject.Brace(value), ReadParameters(parameters, spec, faults));
        FindContradictions(account, spec, faults);
        return account;
    }

    private static Dictionary<int, JsonMember> ReadParameters(JsonObject json, StoreSpec spec, SpecFaults faults)
    {
        var parameters = new Dictionary<int, JsonMember>();
        foreach (var member in json.Members)
        {
            var index = spec.Properties.ToList().FindIndex(p => p.Key == member.Name);
            if (index < 0)
            {
                var question = NearMatch.Question(member.Name, spec.Properties.Select(p => p.Key));
                faults.Add(
                    SpecDiagnostics.WrongAccount,
                    member.NameSpan,
                    $"A {spec.Type} store has no parameter '{member.Name}'{question}"
                );
            }
            else if (parameters.ContainsKey(index))
            {
                faults.Add(SpecDiagnostics.Duplicate, member.NameSpan, "The key", member.Name, "remove one");
            }
            else
            {
                parameters.Add(index, member);
                if (member.Value is not JsonString { Value: var value })
                {
                    faults.Add(
                        SpecDiagnostics.WrongType,
                        member.Value.Span,
                        member.Name,
                        "a string, as all parameters of accounts are",
                        member.Value.Kind
                    );
                }
                else if (AccountValue.Fault(spec.Properties[index], value) is { } fault)
                {
                    faults.Add(
                        SpecDiagnostics.WrongAccount,
                        member.Value.Span,
                        $"The parameter '{member.Name}' {fault}"
                    );
                }
            }
        }

        return parameters;
    }

    private static void FindContradictions(Account account, StoreSpec spec, SpecFaults faults)
    {
        var credentials = Credentials.Of(spec);
        if (credentials.Count > 0 && !credentials.Any(account.Has))
        {
            faults.Add(
                SpecDiagnostics.WrongAccount,
                account.Place,
                $"The account holds no credential: add {Wording.Or(credentials.Select(Key))}"
            );
        }

        foreach (var rule in spec.Rules.Where(IsMixed))
        {
            faults.Add(
                SpecDiagnostics.WrongAccount,
                account.Place,
                $"No store can match the account, as it has parameters of more than one way: keep either {Wording.Or(rule.ExactlyOneOf.Select(set => Wording.And(set.Select(Key))))}"
            );
        }

        foreach (var rule in spec.Rules.Where(r => account.Decides(spec, r)))
        {
            foreach (var index in rule.Forbid.Where(account.Has))
            {
                faults.Add(
                    SpecDiagnostics.WrongAccount,
                    account.Parameters[index].NameSpan,
                    $"No store can match the account, as it can't have '{Key(index)}' with this value of {Wording.And(rule.Conditions.Select(c => $"'{Key(c.Property)}'"))}: {rule.Because}"
                );
            }
        }

        string Key(int index) => spec.Properties[index].Key;
        // Sets may share properties, so that having one of each of two sets says nothing yet.
        bool IsMixed(RuleSpec rule) =>
            rule.ExactlyOneOf.Count > 0
            && !rule.ExactlyOneOf.Any(set => rule.ExactlyOneOf.SelectMany(s => s).Where(account.Has).All(set.Contains));
    }

    private static void FindUncovered(StoreSpec spec, List<Account> accounts, TextSpan place, SpecFaults faults)
    {
        foreach (var way in Credentials.Ways(spec).Where(w => !accounts.Exists(a => w.All(a.Has))))
        {
            faults.Add(SpecDiagnostics.AccountMissing, place, Wording.And(way.Select(i => spec.Properties[i].Key)));
        }
    }
}
