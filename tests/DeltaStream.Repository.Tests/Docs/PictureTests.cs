using DeltaStream.WritePictures;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>
/// The pictures of docs/images show what the programs print. Compared is the text without times, ports, the width of columns, line
/// breaks, and the order in which stores end.
/// Issue 11, number 20.
/// </summary>
public sealed class PictureTests
{
    private const string Head = "Over it to a local DeltaStream at 127.0.0.1:38135\n\n";

    public static TheoryData<string> Pictures => [.. Recording.All.Select(r => r.File)];

    private static string Folder => Path.Combine(TestSupport.Repository.Root, "docs", "images");

    [Fact]
    public void Every_picture_with_text_is_of_a_run() =>
        Assert.Equal(
            Recording.All.Select(r => r.File),
            Directory
                .EnumerateFiles(Folder, "*.svg")
                .Where(f => File.ReadAllText(f).Contains("<text", StringComparison.Ordinal))
                .Select(f => Path.GetFileName(f))
                .Order(StringComparer.Ordinal)
        );

    [PtyTheory]
    [MemberData(nameof(Pictures))]
    public async Task A_run_prints_what_its_picture_shows(string file)
    {
        var picture = await File.ReadAllTextAsync(Path.Combine(Folder, file));

        var screen = await Recording.All.Single(r => r.File == file).RunAsync();

        Assert.Equal(Picture.StableText(screen), Picture.StableText(picture));
    }

    [Theory]
    [InlineData("one after 1.2 s", "one after 10.3 s", true)]
    [InlineData(Head, "Over it to a local DeltaStream at 127.0.0.1:5433", true)]
    [InlineData("a line that is\nwrapped", "a line\nthat is wrapped", true)]
    [InlineData("│ a │ 5.0 s │\n│ b │ 5.1 s │", "│ b │ 5.0 s  │\n│ a │ 10.1 s │", true)]
    [InlineData("├───┤", "├──────┤", true)]
    [InlineData("│ a │ ready │", "│ a │ errored │", false)]
    [InlineData("delete it", "delete it first", false)]
    [InlineData("set DELTASTREAM_CONNECTION", "set DELTASTREAM_SERVER or DELTASTREAM_CONNECTION", false)]
    [InlineData("│ a │ ready │\n│ b │ ready │", "│ a │ ready │", false)]
    [InlineData("at 127.0.0.1:1", "at 127.0.0.2:1", false)]
    [InlineData("│ a │\nthen", "then\n│ a │", false)]
    public void Only_what_differs_from_run_to_run_is_left_out(string one, string other, bool same)
    {
        var (first, second) = (Picture.StableText(one.Split('\n')), Picture.StableText(other.Split('\n')));

        Assert.Equal(same, first == second);
    }

    [Theory]
    [InlineData("a\r\nb", "a b")]
    [InlineData("\u001b[1mbold\u001b[0m \u001b[38;5;9mred\u001b[0m", "bold red")]
    [InlineData("old\r\u001b[2Knew", "new")]
    [InlineData("one\r\ntwo\u001b[1A\rONE", "ONE two")]
    [InlineData("one\r\ntwo\u001b[1FONE", "ONE two")]
    [InlineData("longer\rnew\u001b[K", "new")]
    [InlineData("one\r\ntwo\r\nthree\u001b[1A\r\u001b[JTWO", "one TWO")]
    [InlineData("\u001b[?25lhidden\u001b[?25h", "hidden")]
    [InlineData("\u001b=keypad\u001b>", "keypad")]
    [InlineData("<&>'\"", "<&>'\"")]
    public void A_screen_is_what_a_terminal_shows_and_its_picture_has_the_same_text(string output, string text)
    {
        var screen = Screen.Of(output);

        Assert.Equal(text, Picture.StableText(screen));
        Assert.Equal(text, Picture.StableText(Picture.Of(screen, "t")));
    }

    [Fact]
    public void What_the_terminal_does_not_know_is_no_picture() =>
        Assert.Throws<NotSupportedException>(() => Screen.Of("\u001b[2J"));

    /// <summary>Needs the program script of util-linux, which makes a terminal.</summary>
    private sealed class PtyTheoryAttribute : TheoryAttribute
    {
        public PtyTheoryAttribute() => Skip = File.Exists("/usr/bin/script") ? null : "there is no /usr/bin/script";
    }
}
