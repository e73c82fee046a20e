using System.Collections.Immutable;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>One way to authenticate: an account of the fixture, and the declarations that use it.</summary>
/// <remarks>What a declaration needs beyond the account is asked of the generated validator, never of the rules.</remarks>
public sealed class Way
{
    private const int MostRepairs = 100;

    private readonly SpecDocument _spec;
    private readonly IReadOnlyList<string> _credentials;

    private Way(SpecDocument spec, IReadOnlyDictionary<string, object> account, CanaryWatch watch)
    {
        _spec = spec;
        _credentials = [.. account.Keys];
        Samples = new Samples(spec, watch);
        var given = new Declaration(
            spec,
            spec.Properties.Where(p => p.Required || account.ContainsKey(p.Name))
                .ToImmutableDictionary(
                    p => p.Name,
                    p =>
                        account.TryGetValue(p.Name, out var value)
                            ? Samples.OfAccount(p, value)
                            : Samples.First(p).First()
                )
        );
        Minimal =
            Completed(given)
            ?? throw new SpecGapException(
                $"{spec.AccountsFile}: no declaration that is right can be made of the account with {string.Join(", ", _credentials)}: {string.Join("; ", given.Failures.Select(f => f.Message))}"
            );
        Full = spec.Properties.Aggregate(Minimal, (full, property) => Extended(full, property) ?? full);
    }

    public Samples Samples { get; }

    /// <summary>What the account says and what must stand beside it.</summary>
    public Declaration Minimal { get; }

    /// <summary>As <see cref="Minimal"/>, with every optional property that the rules let stand beside it.</summary>
    public Declaration Full { get; }

    /// <summary>What the account in the fixture says, by the properties' names.</summary>
    public IReadOnlyList<string> Credentials => _credentials;

    /// <exception cref="SpecGapException">The spec or its accounts lack what the tests need.</exception>
    public static IReadOnlyList<Way> Of(SpecDocument spec, CanaryWatch watch) =>
        [.. spec.Accounts.Select(account => new Way(spec, account, watch))];

    /// <summary>A declaration with a property that it has not; null where the rules don't let it stand.</summary>
    public Declaration? Extended(Declaration declaration, SpecProperty property) =>
        Extensions(declaration, property).FirstOrDefault();

    /// <summary>A declaration with a property that it has not, one for each value to begin with that the rules let stand.</summary>
    public IEnumerable<Declaration> Extensions(Declaration declaration, SpecProperty property) =>
        declaration.Has(property.Name)
            ? [declaration]
            : Samples
                .First(property)
                .Select(value => Completed(declaration.With(property.Name, value)))
                .OfType<Declaration>();

    /// <summary>A declaration with each other value of a property that the rules let stand beside the rest.</summary>
    public IEnumerable<Declaration> Changed(Declaration declaration, SpecProperty property) =>
        Samples
            .Others(property, declaration.Values[property.Name])
            .Select(value => declaration.With(property.Name, value))
            .Where(changed => changed.IsRight);

    /// <summary>Whether the account lets a declaration in.</summary>
    public bool Knows(Declaration declaration) =>
        _credentials.All(name => Minimal.Values[name].Equals(declaration.Values.GetValueOrDefault(name)));

    /// <summary>Adds what the validator asks for; null where adding does not help.</summary>
    private Declaration? Completed(Declaration declaration)
    {
        for (var repairs = 0; repairs < MostRepairs; repairs++)
        {
            if (declaration.Failures.FirstOrDefault() is not { Message: not null } failure)
            {
                return declaration;
            }

            var added = failure.Code switch
            {
                StoreValidationCodes.Missing => [failure.Property],
                StoreValidationCodes.NotExactlyOne => Chosen(declaration, failure.Property),
                _ => [],
            };
            if (added.All(declaration.Has))
            {
                return null;
            }

            declaration = added
                .Where(name => !declaration.Has(name))
                .Aggregate(declaration, (d, name) => d.With(name, Samples.First(_spec[name]).First()));
        }

        return null;
    }

    /// <summary>The choice that was begun, or the first.</summary>
    private string[] Chosen(Declaration declaration, string property) =>
        _spec.Choices.First(sets => sets.Any(set => set.Contains(property))).MaxBy(set => set.Count(declaration.Has))!;
}
