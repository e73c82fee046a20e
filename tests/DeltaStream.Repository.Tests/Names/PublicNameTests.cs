using System.Text.RegularExpressions;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.Names;

/// <summary>Public names use the field's words: poll, request, response, override.</summary>
public sealed partial class PublicNameTests
{
    // The beginnings of look, looks, lookup; exchange; outcome; spell, spelled, spelling.
    private static readonly string[] s_refused = ["look", "exchange", "outcome", "spell"];

    public static TheoryData<string> Projects =>
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine(TestSupport.Repository.Root, "runtime"),
                    "PublicAPI.Unshipped.txt",
                    SearchOption.AllDirectories
                )
                .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_public_name_has_another_word(string project) =>
        Faults.AssertNone(
            Directory
                .EnumerateFiles(Path.Combine(TestSupport.Repository.Root, "runtime", project), "PublicAPI.*.txt")
                .SelectMany(File.ReadLines)
                .Where(HasRefusedWord)
        );

    [Theory]
    [InlineData("StoreReadiness.Looks.get", true)]
    [InlineData("FromEnvironment(Func<string>? lookup)", true)]
    [InlineData("HTTPExchange", true)]
    [InlineData("StoreReadiness.Polls.get", false)]
    [InlineData("OutlookClient", false)]
    public void A_word_is_found_inside_a_name(string name, bool refused) => Assert.Equal(refused, HasRefusedWord(name));

    private static bool HasRefusedWord(string text) =>
        Word().Matches(text).Any(w => s_refused.Any(r => w.Value.StartsWith(r, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
