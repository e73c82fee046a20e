using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>One right declaration for each way to authenticate: what an account says, what is required, what the rules then demand.</summary>
internal static class Ways
{
    /// <summary>Makes the declarations, in the order of the accounts.</summary>
    /// <exception cref="WrongDocsException">An account gives no right declaration.</exception>
    public static IReadOnlyList<Declaration> Of(StoreSpec spec, IReadOnlyList<Account> accounts) =>
        [.. accounts.Select((a, i) => Of(spec, a, i + 1))];

    private static Declaration Of(StoreSpec spec, Account account, int number)
    {
        var declaration = Declaration.Of(spec);
        foreach (var (key, value) in account.Parameters)
        {
            var property =
                spec.Properties.FirstOrDefault(p => p.Key == key)
                ?? throw new WrongDocsException(
                    $"{Account.FileOf(spec)} has '{key}' in account {number}, which is no key of {spec.Subtype}.store.json."
                );
            declaration = declaration.With(property, SampleValue.OfAccount(spec, property, value));
        }

        foreach (var property in spec.Properties.Where(p => p.Required && !declaration.Has(p)))
        {
            declaration = declaration.With(property, SampleValue.Of(spec, property));
        }

        return Completion.Of(declaration, out var failures)
            ?? throw new WrongDocsException(
                $"Account {number} of {Account.FileOf(spec)} and the examples of {spec.Subtype}.store.json make no right declaration: {string.Join("; ", failures)}."
            );
    }
}
