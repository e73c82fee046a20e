using System.Globalization;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Collects what is wrong with one spec, each with its place.</summary>
internal sealed class SpecFaults(string path, SourceText text)
{
    private const int MaxLength = 1_000;

    private readonly List<DiagnosticRecord> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments) =>
        _faults.Add(
            DiagnosticRecord.Of(descriptor, LocationRecord.Of(path, text, span), arguments.Select(Printable).ToArray())
        );

    /// <summary>Reports that two things can't both hold, or that one says nothing.</summary>
    public void Contradict(TextSpan span, string message) => Add(SpecDiagnostics.Contradiction, span, message);

    /// <summary>All faults, in the order of the file.</summary>
    public EquatableArray<DiagnosticRecord> ToEquatableArray() =>
        _faults
            .OrderBy(f => f.Location.Span.Start)
            .ThenBy(f => f.Descriptor.Id, StringComparer.Ordinal)
            .ToEquatableArray();

    // What a spec says may be anything; a message is one line that a person can read.
    public static string Printable(string argument)
    {
        var shown = argument.Length > MaxLength ? argument.Substring(0, MaxLength) + "..." : argument;
        return string.Concat(
            shown.Select(c =>
                char.IsControl(c) || c is '\u2028' or '\u2029'
                    ? string.Format(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c)
                    : c.ToString()
            )
        );
    }
}
