using System.Globalization;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Checks one value against its property. A wrong form is a syntax error (42601), a wrong content an invalid parameter
/// (3D008). No message shows a value.
/// </summary>
internal static class ValueCheck
{
    /// <summary>The canonical value, or null for NULL where the spec allows it.</summary>
    public static string? Of(PropertySpec property, Assignment assignment, bool nullAllowed, Attachments attachments)
    {
        if (assignment.IsWord("NULL"))
        {
            return nullAllowed ? null : throw WrongForm();
        }

        var value = assignment.Value;
        return property.Kind switch
        {
            _ when assignment.Form != Expected(property).Form => throw WrongForm(),
            PropertyKind.Boolean when assignment.IsWord("TRUE") || assignment.IsWord("FALSE") =>
                value.ToUpperInvariant(),
            PropertyKind.Boolean => throw WrongForm(),
            PropertyKind.Enum => property.Tokens.FirstOrDefault(assignment.IsWord) ?? throw WrongForm(),
            PropertyKind.Integer => Integer(),
            PropertyKind.File => FileCheck.Of(property, value, attachments),
            PropertyKind.Uris => Right(UriCheck.Of(value, property.Uri!) is { } wrong ? $"is invalid: {wrong}" : null),
            _ => Right(WrongLength(property, value.Length) ?? WrongText(property, value)),
        };

        StatementException WrongForm() =>
            ParseError.At(assignment.ValueAt, $"'{property.Key}' =", $"expected is {Expected(property).What}");
        string Right(string? wrong) => wrong is null ? value : throw ParameterError.Invalid(property, wrong);
        string Integer() =>
            !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? throw WrongForm()
            : number < property.Minimum || number > property.Maximum
                ? throw ParameterError.Invalid(property, $"is out of range: {Range(property)}")
            : number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Range(PropertySpec property) =>
        (property.Minimum, property.Maximum) switch
        {
            ({ } least, null) => $"at least {least}",
            (null, { } most) => $"at most {most}",
            var (least, most) => $"{least} to {most}",
        };

    private static string? WrongLength(PropertySpec property, int length) =>
        length switch
        {
            0 when property.MinLength > 0 => "is empty",
            _ when length < property.MinLength => $"is too short: at least {property.MinLength} characters are needed",
            _ when length > property.MaxLength => $"is too long: at most {property.MaxLength} characters are allowed",
            _ => null,
        };

    private static string? WrongText(PropertySpec property, string value) =>
        property switch
        {
            { Secret: true } => null,
            { Address: true } when AddressSecrets.Hides(value) => UriCheck.Credentials,
            { Kind: PropertyKind.Identifier } => VisibleValue.WrongName(value),
            _ => VisibleValue.Wrong(value),
        };

    private static (ValueForm Form, string What) Expected(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => (ValueForm.Bareword, "the bareword TRUE or FALSE"),
            PropertyKind.Enum => (ValueForm.Bareword, $"one of the barewords {string.Join(", ", property.Tokens)}"),
            PropertyKind.Integer => (ValueForm.Number, "a number without quotes"),
            PropertyKind.Identifier => (ValueForm.QuotedIdentifier, "a name in double quotes"),
            PropertyKind.File => (ValueForm.Literal, "the file's content as base64 in single quotes, on one line"),
            _ => (ValueForm.Literal, "a string in single quotes"),
        };
}
