using System.Text;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Judges the text of a file as it travels: in UTF-8.</summary>
internal static class FileValue
{
    // StoreFile.MaxBytes; a larger text throws before there is a declaration.
    private const int MaxBytes = 1 << 20;

    public static ValueFaults Check(string text, FileSpec file) =>
        ValueCheck.File(Encoding.UTF8.GetBytes(text), file.Pem, file.MaxBytes ?? MaxBytes);
}
