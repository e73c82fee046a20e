using DeltaStream.Data.Parameters;

namespace DeltaStream.Data.Tests.Parameters;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("SELECT @a", "SELECT 1")]
    [InlineData("@a", "1")]
    [InlineData("SELECT @A, @b;", "SELECT 1, 'x';")]
    [InlineData("SELECT @a,@b,(@a)", "SELECT 1,'x',(1)")]
    [InlineData("WHERE n=@b;", "WHERE n='x';")]
    [InlineData("SELECT '@a', \"@a\", `@a`", "SELECT '@a', \"@a\", `@a`")]
    [InlineData("SELECT 'it''s @a' , @a", "SELECT 'it''s @a' , 1")]
    [InlineData("SELECT \"a\"\"@a\", @a", "SELECT \"a\"\"@a\", 1")]
    [InlineData("SELECT `a``@a`, @a", "SELECT `a``@a`, 1")]
    [InlineData("-- @a isn't\nSELECT @a -- @a", "-- @a isn't\nSELECT 1 -- @a")]
    [InlineData("-- @a\r\n@a", "-- @a\r\n1")]
    [InlineData("/* @a isn't */ @a", "/* @a isn't */ 1")]
    [InlineData("/**/@a/* * / */", "/**/ 1 /* * / */")]
    [InlineData("SELECT 1 /@a", "SELECT 1 / 1")]
    [InlineData("SELECT 1 -@negative", "SELECT 1 - -5")]
    [InlineData("SELECT 1-@negative", "SELECT 1- -5")]
    [InlineData("SELECT 'y'@b'z'", "SELECT 'y' 'x' 'z'")]
    [InlineData("SELECT @b@b", "SELECT 'x' 'x'")]
    [InlineData("SELECT @a.5", "SELECT 1 .5")]
    [InlineData("SELECT @ab", "SELECT 'longer'")]
    [InlineData("SELECT @größe_1", "SELECT 7")]
    [InlineData("SELECT a@a, @@a, @ a, @", "SELECT a@a, @@a, @ a, @")]
    [InlineData("SELECT :a, $1, ?", "SELECT :a, $1, ?")]
    [InlineData(
        "CREATE STORE s WITH ('tls.ca_cert_file' = '@a', 'uris' = @b);",
        "CREATE STORE s WITH ('tls.ca_cert_file' = '@a', 'uris' = 'x');"
    )]
    [InlineData("", "")]
    public void Only_a_name_outside_of_quotes_and_comments_is_replaced(string text, string expected)
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.AddWithValue("@a", 1);
        parameters.AddWithValue("b", "x");
        parameters.AddWithValue("negative", -5);
        parameters.AddWithValue("ab", "longer");
        parameters.AddWithValue("größe_1", 7);
        parameters.AddWithValue("unused", new object());
        Assert.Equal(expected, StatementText.Substitute(text, parameters));
    }

    [Fact]
    public void A_value_is_not_read_for_parameters()
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.AddWithValue("a", "@b '@b' -- @b");
        parameters.AddWithValue("b", "@a");
        Assert.Equal("'@b ''@b'' -- @b' '@a'", StatementText.Substitute("@a @b", parameters));
    }

    [Fact]
    public void The_name_in_the_same_case_is_preferred()
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.AddWithValue("N", 1);
        parameters.AddWithValue("@n", 2);
        Assert.Equal("2 1", StatementText.Substitute("@n @N", parameters));
    }

    [Fact]
    public void A_missing_parameter_is_named()
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.AddWithValue("a", "hunter2");
        var thrown = Assert.Throws<InvalidOperationException>(() =>
            StatementText.Substitute("SELECT @a, @missing", parameters)
        );
        Assert.Contains("'@missing'", thrown.Message);
        Assert.DoesNotContain("hunter2", thrown.ToString());
    }

    [Theory]
    [InlineData("SELECT 'a, @a", "literal")]
    [InlineData("SELECT '''", "literal")]
    [InlineData("SELECT \"a, @a", "quoted identifier")]
    [InlineData("SELECT `a, @a", "quoted identifier")]
    [InlineData("SELECT /* @a", "comment")]
    [InlineData("SELECT /*/ @a", "comment")]
    [InlineData("/* /* @a */ @a */", "another one inside")]
    [InlineData("/* /*/ @a", "another one inside")]
    [InlineData("/* /* */ @a", "another one inside")]
    [InlineData("-- a\r @a", "carriage return")]
    [InlineData("SELECT E'it\\'s @a'", "single quotes")]
    [InlineData("SELECT e'@a'", "single quotes")]
    [InlineData("SELECT $$ @a $$", "single quotes")]
    [InlineData("SELECT $tag$ @a $tag$", "single quotes")]
    public void Text_whose_pieces_have_no_sure_end_is_refused(string text, string said)
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.AddWithValue("a", 1);
        var thrown = Assert.Throws<InvalidOperationException>(() => StatementText.Substitute(text, parameters));
        Assert.Contains(said, thrown.Message);
    }
}
