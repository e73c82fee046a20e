using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Draws from the rules of a spec what else is true of declarations of which something is known.</summary>
/// <remarks>It draws step by step and doesn't guess, so it may miss what only a proof by cases shows; it never says too much.</remarks>
internal sealed class Inference
{
    private readonly IReadOnlyList<RuleAtom> _atoms;
    private readonly IReadOnlyList<Choice> _choices;
    private readonly IReadOnlyList<string> _required;

    public Inference(StoreSpec spec, IReadOnlyList<RuleAtom> atoms)
    {
        _atoms = atoms;
        _choices = Choice.Of(spec);
        _required = spec.Properties.Where(p => p.Required).Select(p => p.Name).ToArray();
    }

    /// <summary>Whether the spec accepts no declaration of which this is known.</summary>
    public bool Refuses(Facts facts) => Conclude(facts).Impossible;

    /// <summary>All that follows.</summary>
    public Facts Conclude(Facts facts)
    {
        var known = facts.Copy();
        foreach (var property in _required)
        {
            known.Set(property);
        }

        for (var again = true; again && !known.Impossible; )
        {
            again = false;
            foreach (var atom in _atoms.Where(a => a.When.All(known.Meet)))
            {
                again |= atom.Effect switch
                {
                    RuleEffect.Require => known.Set(atom.Property),
                    RuleEffect.Forbid => known.Unset(atom.Property),
                    _ => known.Value(atom.Property, atom.Value!),
                };
            }

            foreach (var choice in _choices)
            {
                again |= choice.Conclude(known);
            }
        }

        return known;
    }
}
