using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Tests.Specs;

public class UriCheckTests
{
    private static readonly UriSpec s_kafka = StoreSpecs.BuiltIn.ByType("KAFKA")!.ByName("uris").Uri!;
    private static readonly UriSpec s_postgres = StoreSpecs.BuiltIn.ByType("POSTGRESQL")!.ByName("uris").Uri!;
    private static readonly UriSpec s_snowflake = StoreSpecs.BuiltIn.ByType("SNOWFLAKE")!.ByName("uris").Uri!;

    [Theory]
    [InlineData("b:9092")]
    [InlineData("b-1.example.com:9092,b-2.example.com:9093")]
    [InlineData("10.0.0.1:1,[::1]:65535")]
    public void Brokers_are_taken(string uris) => Assert.Null(UriCheck.Of(uris, s_kafka));

    [Theory]
    [InlineData("b", "the port is missing")]
    [InlineData("b:", "the port must be a number from 1 to 65535")]
    [InlineData("b:0", "the port must be a number from 1 to 65535")]
    [InlineData("b:65536", "the port must be a number from 1 to 65535")]
    [InlineData("b:1,", "address 2: an address is empty")]
    [InlineData("b:1, c:1", "address 2: an address holds no spaces and nothing invisible")]
    [InlineData("kafka://b:1", "an address has no scheme")]
    [InlineData("b:1/x", "an address has no path")]
    [InlineData("b:1?x", "an address has no query")]
    [InlineData("u:hunter2@b:1", "an address must not hold credentials")]
    [InlineData(":1", "the host is missing")]
    [InlineData("b;c:1", "the host is not a name or an address")]
    [InlineData("[::zz]:1", "the host is not a name or an address")]
    [InlineData("", "an address is empty")]
    public void Brokers_of_another_form_are_not(string uris, string why) =>
        Assert.Equal(why, UriCheck.Of(uris, s_kafka));

    [Theory]
    [InlineData("postgresql://h:5432/demo")]
    [InlineData("postgresql://h/demo?a=b&c=d")]
    [InlineData("h:5432/demo")]
    [InlineData("h/demo")]
    [InlineData("POSTGRESQL://h/demo")]
    public void A_database_is_taken(string uris) => Assert.Null(UriCheck.Of(uris, s_postgres));

    [Theory]
    [InlineData("postgresql://h:5432", "the database name is missing")]
    [InlineData("postgresql://h:5432/", "the database name is missing")]
    [InlineData("postgresql://h:5432?x=/demo", "the database name is missing")]
    [InlineData("postgresql://h/a/b", "only the database name may follow the host")]
    [InlineData("postgresql://g,h/b", "only one address can be given")]
    [InlineData("postgresql://h/a,h/b", "only the database name may follow the host")]
    [InlineData("postgresql://h/a;password=hunter2", "an address must not hold credentials")]
    [InlineData("postgresql://h/a?p%61sswd=hunter2", "an address must not hold credentials")]
    [InlineData("postgresql://h/a\u200b", "an address holds no spaces and nothing invisible")]
    [InlineData("postgresql://h/a#b", "an address has no fragment")]
    [InlineData("mysql://h/a", "the scheme must be postgresql")]
    [InlineData("postgresql://u:hunter2@h/a", "an address must not hold credentials")]
    public void A_database_of_another_form_is_not(string uris, string why) =>
        Assert.Equal(why, UriCheck.Of(uris, s_postgres));

    [Theory]
    [InlineData("https://my-account.snowflakecomputing.com", null)]
    [InlineData("https://my-account.snowflakecomputing.com:443/", null)]
    [InlineData("my-account.snowflakecomputing.com", "the scheme is missing: https")]
    [InlineData("http://my-account.snowflakecomputing.com", "the scheme must be https")]
    public void An_account_has_its_scheme(string uris, string? why) =>
        Assert.Equal(why, UriCheck.Of(uris, s_snowflake));
}
