using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>What the code shows of a declaration.</summary>
internal sealed class Declaration
{
    private readonly Dictionary<string, MemberValue> _values = new(StringComparer.Ordinal);
    private readonly Func<string, MemberValue> _others;

    public Declaration(StoreSpec spec, Func<string, MemberValue> others, Declaration? receiver)
    {
        Spec = spec;
        Receiver = receiver;
        _others = others;
    }

    public StoreSpec Spec { get; }

    /// <summary>What a 'with' starts from, where that is in view.</summary>
    public Declaration? Receiver { get; }

    /// <summary>The assignments in the braces, by member.</summary>
    public Dictionary<string, ISimpleAssignmentOperation> Assignments { get; } = new(StringComparer.Ordinal);

    public MemberValue this[string member] => _values.TryGetValue(member, out var value) ? value : _others(member);

    public void Add(string member, ISimpleAssignmentOperation assignment)
    {
        var property = Spec.Properties.FirstOrDefault(p => p.Member == member);
        Assignments[member] = assignment;
        _values[member] = ValueReader.Read(assignment.Value, property);
    }
}
