using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares a property with what was shipped of it.</summary>
internal sealed class PropertyComparison(PropertySpec shipped, PropertySpec current)
{
    private const string AddAnother = "put it back, or add a property and deprecate this one";
    private const string Completed = "addresses would be completed otherwise; put it back";

    private readonly List<SpecBreak> _breaks = [];

    public IReadOnlyList<SpecBreak> Compare()
    {
        Same("kind", "The kind", Word(shipped.Kind), Word(current.Kind), AddAnother);
        if (shipped.Kind != current.Kind)
        {
            return _breaks;
        }

        CompareTraits();
        CompareBounds();
        CompareValues();
        if (shipped.Uri is { } uri)
        {
            CompareAddresses(uri, current.Uri!);
        }

        // A file's token may change: each statement chooses it anew, and no store keeps it (NFR-005).
        if (shipped.File is { } file)
        {
            Keeps(
                "file/content",
                was: true,
                current.File!.Takes(file.Content),
                $"takes other content now ({file.Content}, now {current.File.Content})",
                $"go back to {file.Content}"
            );
            Most(
                "file/maxBytes",
                file.MaxBytes ?? FileSpec.MostBytes,
                current.File.MaxBytes,
                "takes {0} bytes or fewer now"
            );
        }

        return _breaks;
    }

    private void CompareTraits()
    {
        Same("key", "The key", shipped.Key, current.Key, AddAnother);
        if (shipped.Secret && !current.Secret)
        {
            Changed(
                "secret",
                $"'{current.Name}'",
                "a secret",
                "plain",
                "values would be shown; make it a secret again"
            );
        }
        else if (!shipped.Secret && current is { Secret: true, Kind: PropertyKind.String })
        {
            Changed(
                "secret",
                $"'{current.Name}'",
                "plain",
                "a secret",
                "the member's type would be another; add a secret property and deprecate this one"
            );
        }

        Keeps(
            "address",
            !shipped.Address,
            !current.Address,
            "is searched for credentials now",
            "remove 'address' again"
        );
        Keeps("required", !shipped.Required, !current.Required, "is required now", "make it optional again");
        Keeps("mutable", shipped.Mutable, current.Mutable, "can't be updated any more", "make it mutable again");
        if (current is { Mutable: true, AlwaysHasValue: false })
        {
            Keeps(
                "unset",
                shipped.Unset != "refuse",
                current.Unset != "refuse",
                "can't be taken away by an update any more",
                $"set 'unset' to {shipped.Unset} again"
            );
        }

        if (!shipped.Required && !current.Required)
        {
            Same(
                "default",
                "The default",
                shipped.Default,
                current.Default,
                "declarations that leave it out would mean something else; put it back"
            );
        }
    }

    private void CompareBounds()
    {
        Least("minLength", shipped.MinLength, current.MinLength, "needs {0} characters or more now");
        Most("maxLength", shipped.MaxLength, current.MaxLength, "takes {0} characters or fewer now");
        Least("minimum", shipped.Minimum, current.Minimum, "must be {0} or more now");
        Most("maximum", shipped.Maximum, current.Maximum, "must be {0} or less now");
    }

    private void CompareValues()
    {
        var names = current.Values.Select(v => v.Name).ToList();
        var hasMoved = false;
        for (var i = 0; i < shipped.Values.Count; i++)
        {
            var value = shipped.Values[i];
            var place = names.IndexOf(value.Name);
            if (place < 0)
            {
                if (value.Deprecated is null)
                {
                    _breaks.Add(SpecBreak.Removed(Path("values"), $"The value '{value.Name}' of '{current.Name}'"));
                }

                continue;
            }

            if (value.Token != current.Values[place].Token)
            {
                Changed(
                    $"values/{value.Name}/token",
                    $"The token of '{value.Name}'",
                    value.Token,
                    current.Values[place].Token,
                    "stores that exist have the old one, so put it back, or add a value and deprecate this one"
                );
            }

            // A value that moves also moves those behind it; the first says enough.
            if (place != i && !hasMoved)
            {
                hasMoved = true;
                Changed(
                    $"values/{value.Name}",
                    $"The place of '{value.Name}'",
                    $"number {Number(i + 1)}",
                    $"number {Number(place + 1)}",
                    "compiled programs hold the number; leave the values where they are, and add new ones at the end"
                );
            }
        }
    }

    private void CompareAddresses(UriSpec was, UriSpec now)
    {
        Keeps("uri/list", was.List, now.List, "takes one address only now", "allow a list again");
        foreach (var scheme in was.Schemes.Except(now.Schemes))
        {
            Stricter("uri/schemes", $"takes no {scheme}:// any more", "put the scheme back");
        }

        if (was.Schemes.Count == 0 && now is { Schemes.Count: > 0, DefaultScheme: null })
        {
            Stricter("uri/schemes", "needs a scheme now", "take the schemes away, or give it a default scheme");
        }

        // Where a shipped form refused an address without a scheme or a port, a default only allows more.
        if (was.DefaultScheme is not null || was.Schemes.Count == 0)
        {
            Same("uri/defaultScheme", "The default scheme", was.DefaultScheme, now.DefaultScheme, Completed);
        }

        Keeps("uri/port", !was.PortRequired, !now.PortRequired, "needs a port now", "make the port optional again");
        if (!was.PortRequired && !now.PortRequired)
        {
            Same("uri/defaultPort", "The default port", Number(was.DefaultPort), Number(now.DefaultPort), Completed);
        }

        if (was.Path != now.Path && now.Path != "any")
        {
            Stricter(
                "uri/path",
                $"takes another path now ({was.Path}, now {now.Path})",
                "put the path back, or make it any"
            );
        }

        Keeps("uri/query", was.Query, now.Query, "takes no query any more", "allow a query again");
    }

    private void Least(string key, long? was, long? now, string what) => Bound(key, was, now, was >= now, what);

    private void Most(string key, long? was, long? now, string what) => Bound(key, was, now, was <= now, what);

    private void Bound(string key, long? was, long? now, bool isWider, string what) =>
        Keeps(
            key,
            was: true,
            now is null || isWider,
            string.Format(CultureInfo.InvariantCulture, what, now),
            was is null ? "take the bound away" : $"go back to {Number(was)}"
        );

    private void Keeps(string key, bool was, bool now, string what, string remedy)
    {
        if (was && !now)
        {
            Stricter(key, what, remedy);
        }
    }

    private void Same(string key, string what, string? was, string? now, string remedy)
    {
        if (was != now)
        {
            Changed(key, $"{what} of '{current.Name}'", was, now, remedy);
        }
    }

    private void Stricter(string key, string what, string remedy) =>
        _breaks.Add(SpecBreak.Stricter(Path(key), $"'{current.Name}' {what}", remedy));

    private void Changed(string key, string what, string? was, string? now, string remedy) =>
        _breaks.Add(SpecBreak.Changed(Path(key), what, was, now, remedy));

    private string Path(string key) => $"properties/{current.Name}/{key}";

    private static string Word(PropertyKind kind) => kind.ToString().ToLowerInvariant();

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
