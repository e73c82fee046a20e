using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>Something that is wrong with declarations that are data, or a warning about them.</summary>
/// <param name="Message">What is wrong and what to do. It names the property and holds no secret.</param>
/// <param name="Code">The kind: one of <see cref="StoreValidationCodes"/>, or <c>syntax</c> for what is no JSON or no YAML.</param>
/// <param name="Path">Where in the data, such as <c>orders.kafka.saslPassword</c> or <c>[0].name</c>; empty for the whole.</param>
/// <param name="Line">The line, from 1; 0 where there is no text.</param>
/// <param name="Column">The column, from 1, in UTF-16 code units; 0 where there is no text.</param>
/// <param name="IsWarning">Whether the declarations are valid all the same.</param>
public sealed record StoreDeclarationFault(
    string Message,
    string Code,
    string Path,
    int Line = 0,
    int Column = 0,
    bool IsWarning = false
)
{
    /// <summary>The place and the message.</summary>
    /// <returns>For example <c>(12,7): kafka.saslPassword is missing: set it</c>; <c>(12,7): warning: ...</c> for a warning.</returns>
    public override string ToString() =>
        (Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"({Line},{Column}): "))
        + (IsWarning ? "warning: " : "")
        + Message;
}
