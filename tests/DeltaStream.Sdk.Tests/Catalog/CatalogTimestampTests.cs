using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk.Tests.Catalog;

/// <summary>Every text form of the catalog's timestamps (wire fact 3.4).</summary>
public sealed class CatalogTimestampTests
{
    [Theory]
    [InlineData("2023-12-30 03:37:45Z", "2023-12-30T03:37:45.0000000+00:00")]
    [InlineData("2007-04-30 13:10:02.0474381Z", "2007-04-30T13:10:02.0474381+00:00")]
    [InlineData("2007-04-30 13:10:02.047438199Z", "2007-04-30T13:10:02.0474381+00:00")]
    [InlineData("2007-04-30 13:10:02.5+0200", "2007-04-30T11:10:02.5000000+00:00")]
    [InlineData("2007-04-30 13:10:02+00", "2007-04-30T13:10:02.0000000+00:00")]
    [InlineData("2024-01-01 00:00:00.000", "2024-01-01T00:00:00.0000000+00:00")]
    [InlineData("2025-05-22T23:21:33.729Z", "2025-05-22T23:21:33.7290000+00:00")]
    [InlineData("2024-07-02 21:16:22 +0000 UTC", "2024-07-02T21:16:22.0000000+00:00")]
    public void A_known_form_is_read(string text, string expected) =>
        Assert.Equal(
            expected,
            CatalogTimestamp.Parse(text).ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2024-13-01 00:00:00Z")]
    public void Another_form_is_refused_by_name(string text) =>
        Assert.Contains(
            $"'{text}'",
            Assert.Throws<FormatException>(() => CatalogTimestamp.Parse(text)).Message,
            StringComparison.Ordinal
        );
}
