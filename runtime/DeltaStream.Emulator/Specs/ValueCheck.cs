using System.Globalization;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Checks one value against its property: the form is the grammar's business (42601), the content is the service's
/// (3D008). No message shows a value.
/// </summary>
internal static class ValueCheck
{
    /// <summary>The canonical value, or null for NULL where the spec allows it.</summary>
    public static string? Of(PropertySpec property, Assignment assignment, bool nullAllowed, Attachments attachments)
    {
        if (IsWord(assignment, "NULL"))
        {
            return nullAllowed ? null : throw Form(property, assignment);
        }

        var value = assignment.Value;
        switch (property.Kind)
        {
            case PropertyKind.Boolean:
                RequireForm(ValueForm.Bareword);
                return IsWord(assignment, "TRUE") || IsWord(assignment, "FALSE")
                    ? value.ToUpperInvariant()
                    : throw Form(property, assignment);
            case PropertyKind.Enum:
                RequireForm(ValueForm.Bareword);
                return property.Tokens.FirstOrDefault(t => IsWord(assignment, t)) ?? throw Form(property, assignment);
            case PropertyKind.Integer:
                RequireForm(ValueForm.Number);
                return Integer(property, assignment);
            case PropertyKind.Identifier:
                RequireForm(ValueForm.QuotedIdentifier);
                CheckLength(property, value);
                return value;
            case PropertyKind.File:
                RequireForm(ValueForm.Literal);
                return FileCheck.Of(property, value, attachments);
            case PropertyKind.Uris:
                RequireForm(ValueForm.Literal);
                if (UriCheck.Of(value, property.Uri!) is { } wrong)
                {
                    throw new StatementException(SqlState.InvalidParameter, $"'{property.Key}' is invalid: {wrong}");
                }

                return value;
            default:
                RequireForm(ValueForm.Literal);
                CheckLength(property, value);
                return value;
        }

        void RequireForm(ValueForm form)
        {
            if (assignment.Form != form)
            {
                throw Form(property, assignment);
            }
        }
    }

    private static string Integer(PropertySpec property, Assignment assignment)
    {
        if (
            !long.TryParse(
                assignment.Value,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            throw Form(property, assignment);
        }

        if (number < property.Minimum || number > property.Maximum)
        {
            throw new StatementException(
                SqlState.InvalidParameter,
                $"'{property.Key}' is out of range: {Range(property)}"
            );
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Range(PropertySpec property) =>
        (property.Minimum, property.Maximum) switch
        {
            ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
            (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
            var (least, most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
        };

    private static void CheckLength(PropertySpec property, string value)
    {
        if (value.Length < property.MinLength)
        {
            throw new StatementException(
                SqlState.InvalidParameter,
                value.Length == 0
                    ? $"'{property.Key}' is empty"
                    : $"'{property.Key}' is too short: at least {property.MinLength} characters are needed"
            );
        }

        if (value.Length > property.MaxLength)
        {
            throw new StatementException(
                SqlState.InvalidParameter,
                $"'{property.Key}' is too long: at most {property.MaxLength} characters are allowed"
            );
        }
    }

    private static bool IsWord(Assignment assignment, string word) =>
        assignment.Form == ValueForm.Bareword
        && string.Equals(assignment.Value, word, StringComparison.OrdinalIgnoreCase);

    private static StatementException Form(PropertySpec property, Assignment assignment) =>
        ParseError.At(assignment.ValueAt, $"'{property.Key}' =", $"expected is {Expected(property)}");

    private static string Expected(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => "the bareword TRUE or FALSE",
            PropertyKind.Enum => $"one of the barewords {string.Join(", ", property.Tokens)}",
            PropertyKind.Integer => "a number without quotes",
            PropertyKind.Identifier => "a name in double quotes",
            PropertyKind.File => "the file's content as base64 in single quotes, on one line",
            _ => "a string in single quotes",
        };
}
