using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>One way to authenticate: an account, and the declarations that use it.</summary>
internal sealed class Way
{
    private readonly RightValues _values;

    private Way(Account account, int number, RightValues values)
    {
        _values = values;
        var spec = values.Spec;
        Credentials = [.. account.Values.Select(v => v.Property)];
        Minimal =
            Completion.Of(
                account.Values.Aggregate(
                    Declaration.Of(spec, values.StoreName),
                    (d, v) => d.With(v.Property, values.OfAccount(v.Property, v.Value))
                ),
                values,
                out var failures
            )
            ?? throw new SpecGapException(
                $"Account {number} of {Account.FileOf(spec)} and the examples of {StoreSpecFile.NameOf(spec.Subtype)} make no right declaration: {string.Join("; ", failures.Select(f => f.Message))}."
            );
    }

    /// <summary>The properties that the account sets.</summary>
    public IReadOnlyList<PropertySpec> Credentials { get; }

    /// <summary>What the account says and what must stand beside it.</summary>
    public Declaration Minimal { get; }

    /// <summary>As <see cref="Minimal"/>, with every optional property that the rules let stand beside it.</summary>
    public Declaration Full =>
        field ??= Minimal.Spec.Properties.Aggregate(Minimal, (full, property) => Extended(full, property) ?? full);

    /// <summary>The ways of a spec, in the order of its accounts; at least one.</summary>
    /// <param name="folder">The folder of the specs.</param>
    /// <param name="values">The values of what no account says, and of secrets and files.</param>
    /// <exception cref="SpecGapException">The spec or its accounts lack what a declaration is made from.</exception>
    public static IReadOnlyList<Way> Of(string folder, RightValues values) =>
        [.. Account.ReadAll(folder, values.Spec).Select((account, i) => new Way(account, i + 1, values))];

    /// <summary>A declaration with a property that it has not; null where the rules don't let it stand.</summary>
    public Declaration? Extended(Declaration declaration, PropertySpec property) =>
        Extensions(declaration, property).FirstOrDefault();

    /// <summary>A declaration with a property that it has not, one for each value to begin with that the rules let stand.</summary>
    public IEnumerable<Declaration> Extensions(Declaration declaration, PropertySpec property) =>
        declaration.Has(property)
            ? [declaration]
            : _values
                .AllOf(property)
                .Select(value => Completion.Of(declaration.With(property, value), _values, out _))
                .OfType<Declaration>();

    /// <summary>A declaration with each other value of a property that it has and that the rules let stand beside the rest.</summary>
    public IEnumerable<Declaration> Changed(Declaration declaration, PropertySpec property) =>
        _values
            .OthersOf(property, declaration.ValueOf(property)!)
            .Select(value => declaration.With(property, value))
            .Where(changed => changed.IsRight);

    /// <summary>Whether the account lets a declaration in.</summary>
    public bool Knows(Declaration declaration) =>
        Credentials.All(p => Minimal.ValueOf(p)!.Equals(declaration.ValueOf(p)));
}
