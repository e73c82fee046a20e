using System.Text.Json;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Pages;
using DeltaStream.WriteDocs.Stores;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>Each subtype has a page, which says what its spec says: all of it, and no secret.</summary>
public sealed class StorePageTests
{
    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    public static TheoryData<string> Paths => [.. Files().Where(f => f.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void The_pages_are_what_the_specs_give()
    {
        var pages = Pages().ToArray();
        var stale = pages
            .Where(p =>
                Path.Combine(Repository.Root, "docs", p.Path) is var f
                && !(File.Exists(f) && File.ReadAllText(f) == p.Text)
            )
            .Select(p => p.Path);

        // With the overview and the table of contents.
        Assert.Equal(Repository.Subtypes.Count + 2, pages.Length);
        Assert.True(
            !stale.Any(),
            $"{string.Join(", ", stale)}: not what the specs give. Run eng/write-docs, and read the difference."
        );
        Assert.Equal(pages.Select(p => Path.GetFileName(p.Path)).Order(StringComparer.Ordinal), Files());
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Every_property_is_on_the_page_with_all_that_the_spec_says_of_it(string subtype)
    {
        using var spec = Spec(subtype);
        var page = PageText.OfStore(subtype);
        foreach (
            var (name, property) in spec
                .RootElement.GetProperty("properties")
                .EnumerateObject()
                .Select(p => (p.Name, p.Value))
        )
        {
            var row = Assert.Single(page.Rows, r => r.Length == 7 && r[0] == $"`{Pascal(name)}`");
            Assert.Equal($"`{Text(property, "key")}`", row[1]);
            Assert.Equal(Flag(property, "secret"), row[2].StartsWith("secret ", StringComparison.Ordinal));
            Assert.Equal(Flag(property, "required"), row[3] == "yes");
            Assert.Equal(Flag(property, "mutable") ? "yes" : "no", row[5]);
            Assert.StartsWith(Text(property, "description"), row[6], StringComparison.Ordinal);
            foreach (var bound in new[] { "minimum", "maximum", "minLength", "maxLength" })
            {
                var text = Text(property, bound);
                Assert.Contains(bound == "minLength" && text == "0" ? "empty" : text, row[2], StringComparison.Ordinal);
            }

            Assert.Equal(
                property.TryGetProperty("default", out var value),
                row[4].Length > 0 && row[4].Contains(value.ToString(), StringComparison.OrdinalIgnoreCase)
            );
            var reason = Text(property, "unverified");
            Assert.Equal(reason.Length > 0, row[6].EndsWith(" [Unverified](#unverified).", StringComparison.Ordinal));
            Assert.Contains(reason, page.Text, StringComparison.Ordinal);
            if (property.TryGetProperty("file", out var file))
            {
                Assert.Single(page.Rows, r => r.Length == 4 && r[0] == row[0] && r[1] == $"`{Text(file, "token")}`");
            }

            foreach (var enumValue in Members(property, "values"))
            {
                Assert.Single(
                    page.Rows,
                    r =>
                        r.Length == 3
                        && r[1] == $"`{Text(enumValue, "token")}`"
                        && r[2] == Text(enumValue, "description")
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Every_rule_and_every_group_is_on_the_page_with_its_reason(string subtype)
    {
        using var spec = Spec(subtype);
        var lines = PageText.OfStore(subtype).Text.Split('\n');
        foreach (var rule in Items(spec.RootElement, "rules"))
        {
            var names = Strings(rule, "require")
                .Concat(Strings(rule, "forbid"))
                .Concat(Items(rule, "exactlyOneOf").SelectMany(s => s.EnumerateArray().Select(n => n.GetString()!)))
                .Concat(Keys(rule, "when"))
                .Concat(Keys(rule, "imply"));
            Assert.Contains(
                lines,
                l =>
                    l.StartsWith("- ", StringComparison.Ordinal)
                    && l.EndsWith(Text(rule, "because"), StringComparison.Ordinal)
                    && names.All(n => l.Contains($"`{n}`", StringComparison.Ordinal))
            );
        }

        foreach (var group in spec.RootElement.TryGetProperty("update", out var update) ? Items(update, "groups") : [])
        {
            Assert.Contains(
                lines,
                l =>
                    l.EndsWith(Text(group, "because"), StringComparison.Ordinal)
                    && Strings(group, "members").All(m => l.Contains($"`{Pascal(m)}`", StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public void No_page_shows_a_secret_or_a_file()
    {
        var values = Repository.Subtypes.SelectMany(s => Hidden(s).Values).ToArray();
        var pages = Files().Select(f => PageText.Of("stores", f).Text).ToArray();

        Assert.True(values.Length > Repository.Subtypes.Count, "the accounts have hardly a secret that could be shown");
        Assert.All(
            pages,
            text =>
            {
                Assert.All(values, v => Assert.DoesNotContain(v, text, StringComparison.Ordinal));
                Assert.DoesNotContain("-----BEGIN", text, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void A_statement_on_a_page_has_stars_for_secrets_and_tokens_for_files(string subtype)
    {
        var text = PageText.OfStore(subtype).Text;

        Assert.All(
            Hidden(subtype).Keys.Where(k => text.Contains($"'{k}' = ", StringComparison.Ordinal)),
            k => Assert.Matches($@"'{k}' = '(\*\*\*|@[a-z0-9_]+)'(,|\n)", text)
        );
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Links_lead_somewhere(string file)
    {
        var page = PageText.Of("stores", file);

        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, l => Links.AssertLeads(page, l));
    }

    [Fact]
    public void Links_of_the_page_that_adds_a_subtype_lead_somewhere()
    {
        var page = PageText.Of("adding-a-subtype.md");

        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, l => Links.AssertLeads(page, l));
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void The_list_of_all_leads_to_each(string subtype)
    {
        using var spec = Spec(subtype);

        Assert.Single(
            PageText.Of("stores", "README.md").Rows,
            r =>
                r[0] == $"[{Text(spec.RootElement, "title")}]({subtype}.md)"
                && r[2] == $"`{Text(spec.RootElement, "type")}`"
                && r[3] == Text(spec.RootElement, "description")
        );
    }

    private static IEnumerable<string> Files() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "docs", "stores"))
            .Select(f => Path.GetFileName(f))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<Page> Pages() =>
        StorePages.Of([.. Repository.All().Select(DeclarationText.Read)], Path.Combine(Repository.Root, "specs"));

    /// <summary>The keys of secrets and files, and the lines of what the accounts have for them.</summary>
    private static (string[] Keys, string[] Values) Hidden(string subtype)
    {
        using var spec = Spec(subtype);
        string[] keys =
        [
            .. spec
                .RootElement.GetProperty("properties")
                .EnumerateObject()
                .Where(p => Flag(p.Value, "secret") || Text(p.Value, "kind") == "file")
                .Select(p => Text(p.Value, "key")),
        ];
        var values = Repository
            .Accounts(subtype)
            .SelectMany(a => a.Values.Where(v => keys.Contains(v.Property.Key)))
            .SelectMany(v => ((string)v.Value).Split('\n'));
        return (keys, [.. values.Where(v => v.Length > 0)]);
    }

    private static JsonDocument Spec(string subtype) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "specs", $"{subtype}.store.json")));

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static bool Flag(JsonElement json, string key) =>
        json.TryGetProperty(key, out var flag) && flag.GetBoolean();

    private static string Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) ? value.ToString() : string.Empty;

    private static JsonElement[] Items(JsonElement json, string key) =>
        json.TryGetProperty(key, out var items) ? [.. items.EnumerateArray()] : [];

    private static IEnumerable<string> Strings(JsonElement json, string key) =>
        Items(json, key).Select(i => i.GetString()!);

    private static IEnumerable<JsonElement> Members(JsonElement json, string key) =>
        json.TryGetProperty(key, out var members) ? members.EnumerateObject().Select(m => m.Value) : [];

    private static IEnumerable<string> Keys(JsonElement json, string key) =>
        json.TryGetProperty(key, out var members) ? members.EnumerateObject().Select(m => m.Name) : [];
}
