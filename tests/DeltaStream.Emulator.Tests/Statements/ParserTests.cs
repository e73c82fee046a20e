using CsCheck;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Tests.Statements;

public class ParserTests
{
    private static readonly Gen<string> s_name = Gen.String[Gen.Char, 1, 60];
    private static readonly Gen<string> s_value = Gen.String[Gen.Char.Where(c => c is not ('\r' or '\n')), 0, 60];

    private static Statement One(string text) => Assert.Single(Parser.Parse(text));

    private static StatementException Refused(string text) =>
        Assert.Throws<StatementException>(() => Parser.Parse(text));

    [Fact]
    public void Any_name_and_value_arrive_as_they_were() =>
        Gen.Select(s_name, s_value)
            .Sample(
                (name, value) =>
                {
                    var identifier = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                    var literal = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
                    var create = Assert.IsType<CreateStore>(
                        One($"CREATE STORE {identifier} WITH ('type' = KAFKA, 'kafka.sasl.password' = {literal});")
                    );
                    Assert.Equal(name, create.Name);
                    Assert.Equal(value, create.Assignments[1].Value);

                    Assert.Equal(name, Assert.IsType<DropStore>(One($"DROP STORE {identifier}")).Name);
                    Assert.Equal(name, Assert.IsType<DescribeStore>(One($"DESCRIBE STORE {identifier}")).Name);
                }
            );

    [Fact]
    public void Any_text_is_parsed_or_refused() =>
        Gen.String.Sample(text =>
        {
            foreach (var start in new[] { "", "CREATE STORE ", "CREATE STORE x WITH (", "UPDATE STORE x WITH ('a' = " })
            {
                try
                {
                    Parser.Parse(start + text);
                }
                catch (StatementException e)
                {
                    Assert.Contains(e.SqlState, new[] { "42601", "0A000", "42622" });
                }
            }
        });

    [Theory]
    [InlineData("create store Abc with ( 'type' = KAFKA )", "abc")]
    [InlineData("CREATE STORE ÄB_1 WITH('type'=KAFKA);", "äb_1")]
    [InlineData("CREATE STORE \"Abc\" WITH('type'=KAFKA);", "Abc")]
    [InlineData("CREATE STORE `A``b` WITH('type'=KAFKA);", "A`b")]
    public void Unquoted_names_are_folded_and_quoted_ones_kept(string text, string name) =>
        Assert.Equal(name, Assert.IsType<CreateStore>(One(text)).Name);

    [Fact]
    public void Every_kind_of_value_keeps_its_form()
    {
        var create = Assert.IsType<CreateStore>(
            One("CREATE STORE x WITH ('a' = 'l', 'b' = WORD, 'c' = -443, 'd' = \"Id\", 'e' = NULL)")
        );
        Assert.Equal(
            [
                ("a", ValueForm.Literal, "l"),
                ("b", ValueForm.Bareword, "WORD"),
                ("c", ValueForm.Number, "-443"),
                ("d", ValueForm.QuotedIdentifier, "Id"),
                ("e", ValueForm.Bareword, "NULL"),
            ],
            create.Assignments.Select(a => (a.Key, a.Form, a.Value))
        );
    }

    [Fact]
    public void Several_statements_come_in_order()
    {
        var statements = Parser.Parse(";;LIST STORES; DROP STORE a;;SELECT 1");
        Assert.Equal(["LIST STORES", "DROP STORE", "SELECT"], statements.Select(s => s.Kind));
    }

    [Fact]
    public void Nothing_is_no_statement() => Assert.Empty(Parser.Parse(" -- nothing\n ; "));

    [Theory]
    [InlineData("CREATE STORE x", "1:14", "<EOF>")]
    [InlineData("CREATE STORE x WITH", "1:19", "<EOF>")]
    [InlineData("CREATE STORE x WITH ()", "1:21", ")")]
    [InlineData("CREATE STORE x WITH ('type' = KAFKA,)", "1:36", ")")]
    [InlineData("CREATE STORE x WITH ('type' = KAFKA", "1:35", "<EOF>")]
    [InlineData("CREATE STORE x WITH ('type' = KAFKA 'uris' = 'b')", "1:36", "<string>")]
    [InlineData("CREATE STORE x WITH (type = KAFKA)", "1:21", "<word>")]
    [InlineData("CREATE STORE x WITH ('type' KAFKA)", "1:28", "<word>")]
    [InlineData("CREATE STORE x WITH ('type' = )", "1:30", ")")]
    [InlineData("CREATE STORE x WITH ('type' = KAFKA) AND", "1:37", "AND")]
    [InlineData("CREATE STORE IF NOT EXISTS x WITH ('type' = KAFKA)", "1:16", "NOT")]
    [InlineData("DROP STORE IF EXISTS x", "1:14", "EXISTS")]
    [InlineData("DROP STORE", "1:10", "<EOF>")]
    [InlineData("DROP STORE 'x'", "1:11", "<string>")]
    [InlineData("DROP STORE a-b", "1:12", "-")]
    [InlineData("LIST STORES x", "1:12", "<word>")]
    [InlineData("UPDATE STORE x SET a = 1", "1:15", "SET")]
    [InlineData("FROB STORE x", "1:0", "<word>")]
    [InlineData("\n\n (", "3:1", "(")]
    public void A_syntax_error_says_where(string text, string place, string input)
    {
        var e = Refused(text);
        Assert.Equal("42601", e.SqlState);
        Assert.Equal($"parse error: line {place} no viable alternative at input '{input}'", e.Message);
    }

    [Theory]
    [InlineData("CREATE TABLE x (a INT)")]
    [InlineData("DROP DATABASE x")]
    [InlineData("LIST TOPICS")]
    [InlineData("USE STORE x")]
    [InlineData("SHOW STORES")]
    [InlineData("EXPLAIN SELECT 1")]
    public void What_the_emulator_does_not_do_is_said_so(string text) => Assert.Equal("0A000", Refused(text).SqlState);

    [Fact]
    public void A_name_of_more_than_255_characters_is_too_long()
    {
        Assert.IsType<DropStore>(One($"DROP STORE \"{new string('n', 255)}\""));
        var e = Refused($"DROP STORE \"{new string('n', 256)}\"");
        Assert.Equal("42622", e.SqlState);
        Assert.Equal("store name is too long: 256 characters, at most 255 are allowed", e.Message);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("a'hunter2")]
    [InlineData("a'hunter2'b")]
    [InlineData("a', 'hunter2")]
    [InlineData("a') hunter2 ('")]
    [InlineData("a'); hunter2 ('")]
    [InlineData("a'); DROP hunter2 ('")]
    [InlineData("a'); SELECT deltastream.sys.stores, hunter2 ('")]
    [InlineData("a' \"hunter2\" '")]
    [InlineData("a\nhunter2")]
    public void A_value_whose_quotes_were_not_doubled_is_never_shown(string password)
    {
        foreach (var quote in new[] { "'", "" })
        {
            var e = Refused(
                $"CREATE STORE x WITH ('kafka.sasl.password' = {quote}{password}{quote}, ('type' = KAFKA) x"
            );
            Assert.DoesNotContain("hunter2", e.Message + e.Hint, StringComparison.Ordinal);
        }
    }
}
