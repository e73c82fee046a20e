using System.Text;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Accounts;

/// <summary>A file parameter of an account: the content as text, or as base64. Both readings count.</summary>
internal static class AccountFile
{
    public static IReadOnlyList<string> Contents(PropertySpec property, string value)
    {
        var contents = new List<string>();
        Add(Encoding.UTF8.GetBytes(value));
        var decoded = new byte[value.Length];
        if (Convert.TryFromBase64String(value, decoded, out var length))
        {
            Add(decoded.AsSpan(0, length));
        }

        return contents.Count > 0
            ? contents
            : throw new ArgumentException($"An account's '{property.Key}' is not a PEM file.", nameof(value));

        void Add(ReadOnlySpan<byte> content)
        {
            if (FileCheck.Canonical(property, content) is { } canonical)
            {
                contents.Add(canonical);
            }
        }
    }
}
