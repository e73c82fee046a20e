using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>The names that generated code needs and that mean something else in the project, or in what it references.</summary>
/// <param name="All">The names.</param>
/// <param name="Namespace">The namespace of the generated code.</param>
/// <param name="Remedy">A namespace in which all names are free.</param>
internal sealed record TakenNames(EquatableArray<TakenName> All, string Namespace, string Remedy)
{
    private static readonly TypeClaim s_registry = new(
        "StoreSubtypes",
        Subtype: string.Empty,
        IsRecord: false,
        LocationRecord.Nowhere
    );

    public static TakenNames None { get; } = new(default, string.Empty, string.Empty);

    /// <summary>Whether the registry can't be emitted.</summary>
    public bool HasRegistry => Has(s_registry);

    /// <summary>Finds the names that are taken.</summary>
    /// <param name="compilation">The project, before anything was generated. This runs whenever a file changes.</param>
    /// <param name="claims">What the specs need.</param>
    /// <param name="target">Where it goes.</param>
    public static TakenNames Of(Compilation compilation, TypeClaims claims, CodeTarget target)
    {
        var taken = Find(compilation, claims, target.Namespace).ToEquatableArray();
        if (taken.Count == 0)
        {
            return None;
        }

        var assembly = CodeTargetReader.NamespaceOf(compilation.AssemblyName ?? string.Empty);
        string[] others =
        [
            assembly,
            $"{target.Namespace}.Stores",
            $"{assembly}.Stores",
            $"{assembly.Replace('.', '_')}_Stores",
        ];
        return new TakenNames(
            taken,
            target.Namespace,
            Array.Find(others, n => n.Length > 0 && !Find(compilation, claims, n).Any()) ?? "Company.Stores"
        );
    }

    /// <summary>Whether a type can't be emitted.</summary>
    public bool Has(TypeClaim claim) => All.Any(t => t.IsNamespace || t.Name == claim.Type);

    /// <summary>What is wrong, each said once: at the spec that needs a type, else at no place.</summary>
    public IEnumerable<DiagnosticRecord> Faults(EquatableArray<TypeClaim> claims)
    {
        var places = claims
            .Append(s_registry)
            .SelectMany(c => All.Where(t => !t.IsNamespace && t.Name == c.Type).Take(1).Select(t => (c, t)))
            .GroupBy(p => p.c.Location.Path, (_, all) => all.OrderByDescending(p => p.c.IsRecord).First())
            .Select(p => Fault(p.t, $"The C# type '{Namespace}.{p.t.Name}'", p.c.Location));
        return All.FirstOrDefault(t => t.IsNamespace) is { } space
            ? [Fault(space, $"The namespace '{space.Name}'", LocationRecord.Nowhere)]
            : places;
    }

    private DiagnosticRecord Fault(TakenName taken, string name, LocationRecord at) =>
        DiagnosticRecord.Of(SpecDiagnostics.NameTaken, at, name, taken.Where, Remedy);

    private static IEnumerable<TakenName> Find(Compilation compilation, TypeClaims claims, string target)
    {
        var parts = target.Split('.').Select(p => p.TrimStart('@')).ToArray();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols.Prepend(compilation.Assembly))
        {
            var within = assembly.GlobalNamespace;
            for (var i = 0; i < parts.Length && within is not null; i++)
            {
                var members = within.GetMembers(parts[i]);
                within = members.OfType<INamespaceSymbol>().FirstOrDefault();
                foreach (var type in members.Where(m => m is INamedTypeSymbol && IsInSight(m, compilation)))
                {
                    yield return new TakenName(
                        string.Join(".", parts.Take(i + 1)),
                        Place(type, compilation, claims),
                        IsNamespace: true
                    );
                }
            }

            foreach (var claim in within is null ? [] : claims.All.Append(s_registry))
            {
                foreach (var member in within!.GetMembers(claim.Type))
                {
                    if (IsInSight(member, compilation) && !IsOtherHalf(member, claim))
                    {
                        yield return new TakenName(claim.Type, Place(member, compilation, claims), IsNamespace: false);
                    }
                }
            }
        }
    }

    // Generic types have other names, and a reference with an alias is out of the way.
    private static bool IsInSight(INamespaceOrTypeSymbol symbol, Compilation compilation) =>
        symbol is INamespaceSymbol
        || symbol is INamedTypeSymbol { Arity: 0 }
            && compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly)
            && (
                compilation.GetMetadataReference(symbol.ContainingAssembly)?.Properties.Aliases
                    is not { Length: > 0 } aliases
                || aliases.Contains("global")
            );

    // Generated types are partial, so that a project can add to them.
    private static bool IsOtherHalf(INamespaceOrTypeSymbol symbol, TypeClaim claim) =>
        symbol is INamedTypeSymbol { TypeKind: TypeKind.Class } type
        && (claim.IsRecord ? type.IsRecord : claim == s_registry && type.IsStatic)
        && type.DeclaringSyntaxReferences.Length > 0
        && type.DeclaringSyntaxReferences.All(r =>
            r.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
        );

    private static string Place(ISymbol symbol, Compilation compilation, TypeClaims claims) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly)
        && symbol.Locations.FirstOrDefault(l => l.IsInSource)?.SourceTree?.FilePath is { Length: > 0 } path
            ? claims.Shown(path)
            : symbol.ContainingAssembly.Name;
}

/// <summary>A name that means something else.</summary>
/// <param name="Name">The name: of a type by itself, or of a namespace.</param>
/// <param name="Where">Where it does: a file of the project, or an assembly.</param>
/// <param name="IsNamespace">Whether the generated code would need it as a namespace.</param>
internal sealed record TakenName(string Name, string Where, bool IsNamespace);
