using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Specs;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Tests.Specs;

public class ValueCheckTests
{
    [Theory]
    [InlineData(3L, null, "2", "at least 3")]
    [InlineData(null, 3L, "4", "at most 3")]
    [InlineData(-3L, 3L, "-4", "-3 to 3")]
    public void A_number_out_of_range_is_told_the_bounds_that_there_are(
        long? least,
        long? most,
        string value,
        string range
    )
    {
        var property = new PropertySpec
        {
            Name = "n",
            Key = "k.n",
            Kind = PropertyKind.Integer,
            Minimum = least,
            Maximum = most,
        };
        var statement = (CreateStore)Parser.Parse($"CREATE STORE s WITH ('k.n' = {value});")[0];

        var e = Assert.Throws<StatementException>(() =>
            ValueCheck.Of(property, statement.Assignments[0], nullAllowed: false, Attachments.None)
        );

        Assert.Equal($"'k.n' is out of range: {range}", e.Message);
    }
}
