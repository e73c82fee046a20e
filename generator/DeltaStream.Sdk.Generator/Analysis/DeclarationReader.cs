using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Reads declarations: object initializers, 'with' expressions, and what those start from.</summary>
internal static class DeclarationReader
{
    // Fields can start from each other in a circle, and a long chain is nobody's.
    private const int MaxSteps = 32;

    /// <summary>Reads a creation or a 'with' expression.</summary>
    /// <returns>The declaration; null when it is of no generated record.</returns>
    public static Declaration? Read(IOperation operation, RecordSpecs specs) => Read(operation, specs, MaxSteps);

    private static Declaration? Read(IOperation operation, RecordSpecs specs, int steps)
    {
        switch (operation)
        {
            case IObjectCreationOperation creation when specs.Of(creation.Type) is { } spec:
                // A required member that is missing is the compiler's to report (CS9035), and nothing follows from it.
                return Fill(new Declaration(spec, m => NotAssigned(spec, m), receiver: null), creation.Initializer);
            case IWithOperation with when specs.Of(with.Type) is { } spec:
                var receiver = Resolve(with.Operand, specs, steps - 1);
                return Fill(
                    new Declaration(spec, m => receiver is null ? MemberValue.Unknown : receiver[m], receiver),
                    with.Initializer
                );
            default:
                return null;
        }
    }

    private static MemberValue NotAssigned(StoreSpec spec, string member) =>
        member == "Name" || spec.Properties.Any(p => p.Required && p.Member == member)
            ? MemberValue.Unknown
            : MemberValue.Unset;

    private static Declaration Fill(Declaration declaration, IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var assignment in initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            if (assignment.Target is IPropertyReferenceOperation target)
            {
                declaration.Add(target.Property.Name, assignment);
            }
        }

        return declaration;
    }

    private static Declaration? Resolve(IOperation operand, RecordSpecs specs, int steps) =>
        ValueReader.Unconverted(operand) switch
        {
            _ when steps < 0 => null,
            ILocalReferenceOperation local => OfLocal(local, specs, steps - 1),
            IFieldReferenceOperation field => OfField(field, specs, steps - 1),
            var other => Read(other, specs, steps - 1),
        };

    private static Declaration? OfLocal(ILocalReferenceOperation reference, RecordSpecs specs, int steps)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        IOperation? initial = null;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    initial = declarator.Symbol.IsRef ? null : declarator.GetVariableInitializer()?.Value;
                    break;
                case ILocalReferenceOperation other
                    when SymbolEqualityComparer.Default.Equals(other.Local, reference.Local) && MayChange(other):
                    return null;
            }
        }

        // A declaration that starts from itself is an error of another kind.
        return initial is null || Contains(initial, reference) ? null : Resolve(initial, specs, steps);
    }

    private static Declaration? OfField(IFieldReferenceOperation reference, RecordSpecs specs, int steps)
    {
        var field = reference.Field;
        var type = field.ContainingType;
        if (
            !field.IsReadOnly
            || field.DeclaringSyntaxReferences.Length != 1
            || type.DeclaringSyntaxReferences.Length != 1
            || reference.SemanticModel is not { } model
            || field.DeclaringSyntaxReferences[0].SyntaxTree != model.SyntaxTree
        )
        {
            return null;
        }

        var whole = type.DeclaringSyntaxReferences[0].GetSyntax();
        return
            FieldInitializer.Find(field, whole) is { } initializer
            && model.GetOperation(initializer) is { } value
            && !Contains(value, reference)
            ? Resolve(value, specs, steps)
            : null;
    }

    private static bool Contains(IOperation outer, IOperation inner) =>
        outer.Syntax.SyntaxTree == inner.Syntax.SyntaxTree && outer.Syntax.Span.Contains(inner.Syntax.Span);

    private static bool MayChange(ILocalReferenceOperation reference) =>
        reference.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == reference,
            IArgumentOperation argument => argument.Parameter?.RefKind is not (null or RefKind.None or RefKind.In),
            ITupleOperation tuple => IsAssignedTo(tuple),
            IAddressOfOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
            _ => false,
        };

    private static bool IsAssignedTo(ITupleOperation tuple)
    {
        while (tuple.Parent is ITupleOperation outer)
        {
            tuple = outer;
        }

        return tuple.Parent is IDeconstructionAssignmentOperation assignment && assignment.Target == tuple;
    }
}
