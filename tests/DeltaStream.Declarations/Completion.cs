using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Adds to a declaration what must stand beside that which is set.</summary>
/// <remarks>Asks the generated validator, never the rules.</remarks>
internal static class Completion
{
    /// <summary>Adds what is required, and then what the validator misses, until it has nothing to say.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="values">The values of what is added.</param>
    /// <param name="failures">What the validator says in the end.</param>
    /// <returns>The right declaration; null where adding does not help.</returns>
    public static Declaration? Of(
        Declaration declaration,
        RightValues values,
        out IReadOnlyList<StoreValidationFailure> failures
    )
    {
        declaration = With(declaration.Spec.Properties.Where(p => p.Required));
        for (failures = declaration.Validate(); failures.Count > 0; failures = declaration.Validate())
        {
            var asked = Asked(declaration, failures[0]);
            if (asked.All(declaration.Has))
            {
                return null;
            }

            declaration = With(asked);
        }

        return declaration;

        Declaration With(IEnumerable<PropertySpec> properties) =>
            properties.Where(p => !declaration.Has(p)).Aggregate(declaration, (d, p) => d.With(p, values.Of(p)));
    }

    private static PropertySpec[] Asked(Declaration declaration, StoreValidationFailure failure)
    {
        var (spec, code) = (declaration.Spec, failure.Code);
        var property = spec.Properties.FirstOrDefault(p => failure.Property == $"{spec.Subtype}.{p.Name}");
        return property is null ? []
            : code == StoreValidationCodes.Missing ? [property]
            : code == StoreValidationCodes.NotExactlyOne ? Chosen(declaration, property)
            : [];
    }

    /// <summary>The choice that was begun, or the first.</summary>
    private static PropertySpec[] Chosen(Declaration declaration, PropertySpec property) =>
        declaration
            .Spec.Rules.Select(r =>
                r.ExactlyOneOf.Select(set => set.Select(i => declaration.Spec.Properties[i]).ToArray()).ToArray()
            )
            .First(sets => sets.Any(set => set.Contains(property)))
            .MaxBy(set => set.Count(declaration.Has))!;
}
