using System.ComponentModel;
using System.Globalization;

namespace DeltaStream.Sdk.Files;

/// <summary>Makes a <see cref="StoreFile"/> of what configuration holds.</summary>
/// <remarks>It never throws for a text: the exception of who binds would show the text, which may be a private key.</remarks>
internal sealed class StoreFileTypeConverter : TypeConverter
{
    /// <inheritdoc />
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc />
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? StoreFile.FromConfiguration(text) : base.ConvertFrom(context, culture, value);
}
