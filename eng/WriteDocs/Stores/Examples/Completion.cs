using DeltaStream.Sdk;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>Adds to a declaration what the rules demand beside what it has.</summary>
internal static class Completion
{
    /// <summary>Asks the SDK's validator, and adds what it misses, until it has nothing to say.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="failures">What is wrong in the end.</param>
    /// <returns>The right declaration; null when something else is wrong than that a property is missing.</returns>
    public static Declaration? Of(Declaration declaration, out IReadOnlyList<StoreValidationFailure> failures)
    {
        var spec = declaration.Spec;
        while (true)
        {
            failures = declaration.ToStore().Validate();
            if (failures.Count == 0)
            {
                return declaration;
            }

            var path = failures[0].Property;
            var property = spec.Properties.FirstOrDefault(p => path == $"{spec.Subtype}.{p.Name}");
            if (failures[0].Code != StoreValidationCodes.Missing || property is null || declaration.Has(property))
            {
                return null;
            }

            declaration = declaration.With(property, SampleValue.Of(spec, property));
        }
    }
}
