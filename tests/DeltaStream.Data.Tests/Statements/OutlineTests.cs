using DeltaStream.Data.Statements;

namespace DeltaStream.Data.Tests.Statements;

/// <summary>
/// What the provider knows of a text before it is sent: how many statements it holds, as PostgreSQL counts them, and whether it only
/// reads. Issue 11, number 18.
/// </summary>
public sealed class OutlineTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT 1;")]
    [InlineData("SELECT 1;", "SELECT 1;")]
    [InlineData("SELECT 1 ; \n", "SELECT 1 ;")]
    [InlineData("SELECT 1 -- all;", "SELECT 1 -- all;\n;")]
    [InlineData("SELECT 1; -- all", "SELECT 1; -- all")]
    [InlineData("SELECT 1 /* all; */", "SELECT 1 /* all; */;")]
    [InlineData("SELECT 1 /* /* all */ -- */", "SELECT 1 /* /* all */ -- */;")]
    [InlineData("SELECT ';'", "SELECT ';';")]
    [InlineData("SELECT 1 -- one\n", "SELECT 1 -- one\n;")]
    public void A_semicolon_is_added_where_it_counts(string text, string expected) =>
        Assert.Equal(expected, StatementOutline.Of(text).Terminated);

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData(" \t\r\nselect 1;", true)]
    [InlineData("-- c\n/* c */ LIST STORES;;", true)]
    [InlineData("SHOW QUERIES", true)]
    [InlineData("DESCRIBE STORE s; -- done", true)]
    [InlineData("EXPLAIN SELECT 1", true)]
    [InlineData("SELECT 'it''s; DROP STORE s'", true)]
    [InlineData("SELECT \"a;b\" FROM `c;d`", true)]
    [InlineData("", false)]
    [InlineData(";", false)]
    [InlineData("SELECTED", false)]
    [InlineData("SELECT_1", false)]
    [InlineData("(SELECT 1)", false)]
    [InlineData("CREATE STORE s", false)]
    [InlineData("SELECT 1; SELECT 2", false)]
    [InlineData("SELECT 1; DROP STORE s", false)]
    [InlineData("SELECT 1 /* ; */; /* x */ DROP STORE s", false)]
    [InlineData("SELECT 'open", false)]
    [InlineData("SELECT /* open", false)]
    [InlineData("SELECT E'\\'; DROP STORE s; --'", false)]
    [InlineData("SELECT $$'$$; DROP STORE s; --'", false)]
    [InlineData("SELECT $1, a$b$ FROM s", true)]
    [InlineData("EXPLAIN ANALYZE SELECT 1", false)]
    // Where dialects differ, one of them might see a second statement.
    [InlineData("SELECT 1 /* /* */ ' */ ; DROP STORE s -- '", false)]
    [InlineData("SELECT '\\'' ; DROP STORE s --'", false)]
    [InlineData("SELECT 1 -- x\r ' \n; DROP STORE s --'", false)]
    public void Only_one_statement_that_reads_is_a_read(string text, bool read) =>
        Assert.Equal(read, StatementOutline.Of(text).IsRead);

    [Theory]
    [InlineData("create  store \"s\" with ()", "CREATE STORE")]
    [InlineData("/* c */ LIST\nSTORES", "LIST STORES")]
    [InlineData("/* /* a */ DROP STORE s */ LIST STORES", "LIST STORES")]
    [InlineData("/* /* a */ DROP STORE s", "DROP STORE")]
    [InlineData("SELECT hunter2", "SELECT")]
    [InlineData("USE hunter2", "USE")]
    [InlineData("hunter2 STORE", null)]
    [InlineData("'hunter2'", null)]
    [InlineData("", null)]
    public void The_operation_is_made_of_known_words_only(string text, string? operation) =>
        Assert.Equal(operation, StatementOutline.Of(text).Operation);

    [Theory]
    [InlineData("SELECT $$a;b$$", 1)]
    [InlineData("SELECT $$a;b$$; SELECT 2", 2)]
    [InlineData("SELECT $tag$a;b$tag$", 1)]
    [InlineData("SELECT $a$x;$$;$b$;$a$", 1)]
    [InlineData("SELECT $a$x;$A$;$a$; SELECT 2", 2)]
    [InlineData("SELECT $é$a;b$é$", 1)]
    [InlineData("SELECT $_1$a;b$_1$", 1)]
    [InlineData("SELECT $$'$$; DROP STORE s; --'", 2)]
    [InlineData("SELECT $$a;\n'b;\n--$$", 1)]
    [InlineData("SELECT '$$'; SELECT '$$'", 2)]
    [InlineData("SELECT \"$$\"; SELECT \"$$\"", 2)]
    [InlineData("SELECT 1 -- $$\n; SELECT 2 -- $$", 2)]
    [InlineData("SELECT /* $$ */ 1; SELECT /* $$ */ 2", 2)]
    [InlineData("SELECT $1; SELECT $1", 2)]
    [InlineData("SELECT $1$a;b$1$", 2)]
    [InlineData("SELECT a$b$c; SELECT a$b$c", 2)]
    [InlineData("SELECT a$$b; SELECT a$$b", 2)]
    [InlineData("SELECT _$$b; SELECT _$$b", 2)]
    [InlineData("SELECT x.$$a;b$$", 1)]
    [InlineData("SELECT ($$;$$)", 1)]
    [InlineData("SELECT E'it\\'s; x'", 1)]
    [InlineData("SELECT 'it\\'; SELECT 's'", 2)]
    public void Statements_are_counted_as_PostgreSQL_counts_them(string text, int count) =>
        Assert.Equal(count, StatementOutline.Of(text).Count);

    [Theory]
    [InlineData("SELECT $$a;b$$")]
    [InlineData("SELECT $tag$a$tag$")]
    [InlineData("SELECT E'a'")]
    [InlineData("SELECT N'a\\'; DROP STORE s; --'")]
    [InlineData("SELECT $$open; SELECT 2")]
    public void Where_another_parser_may_see_more_nothing_is_sent_again(string text) =>
        Assert.False(StatementOutline.Of(text).IsRead);
}
