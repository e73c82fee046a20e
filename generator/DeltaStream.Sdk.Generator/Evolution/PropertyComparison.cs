using System.Globalization;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares a property with what was shipped of it.</summary>
internal sealed class PropertyComparison
{
    private const string AddAnother = "put it back, or add a property and deprecate this one";

    private readonly PropertySpec _shipped;
    private readonly PropertySpec _current;
    private readonly List<SpecBreak> _breaks = [];

    private PropertyComparison(PropertySpec shipped, PropertySpec current) => (_shipped, _current) = (shipped, current);

    public static IEnumerable<SpecBreak> Compare(PropertySpec shipped, PropertySpec current)
    {
        var comparison = new PropertyComparison(shipped, current);
        if (shipped.Kind != current.Kind)
        {
            comparison.Changed(
                "kind",
                $"The kind of '{current.Name}'",
                Word(shipped.Kind),
                Word(current.Kind),
                AddAnother
            );
            return comparison._breaks;
        }

        comparison.CompareTraits();
        comparison.CompareBounds();
        comparison.CompareValues();
        if (shipped.Uri is { } uri)
        {
            comparison.CompareAddresses(uri, current.Uri!);
        }

        if (shipped.File is { } file)
        {
            comparison.CompareFiles(file, current.File!);
        }

        return comparison._breaks;
    }

    private void CompareTraits()
    {
        if (_shipped.Key != _current.Key)
        {
            Changed("key", $"The key of '{_current.Name}'", _shipped.Key, _current.Key, AddAnother);
        }

        if (_shipped.Secret && !_current.Secret)
        {
            Changed(
                "secret",
                $"'{_current.Name}'",
                "a secret",
                "plain",
                "values would be shown; make it a secret again"
            );
        }
        else if (!_shipped.Secret && _current.Secret && _current.Kind == PropertyKind.String)
        {
            Changed(
                "secret",
                $"'{_current.Name}'",
                "plain",
                "a secret",
                "the member's type would be another; add a secret property and deprecate this one"
            );
        }

        if (!_shipped.Required && _current.Required)
        {
            Stricter("required", "is required now", "make it optional again");
        }

        if (_shipped.Mutable && !_current.Mutable)
        {
            Stricter("mutable", "can't be updated any more", "make it mutable again");
        }
        else if (_shipped.Unset != "refuse" && _current is { Unset: "refuse", AlwaysHasValue: false })
        {
            Stricter("unset", "can't be taken away by an update any more", $"set 'unset' to {_shipped.Unset} again");
        }

        if (_shipped.Default != _current.Default && !(_shipped.Required || _current.Required))
        {
            Changed(
                "default",
                $"The default of '{_current.Name}'",
                _shipped.Default ?? "none",
                _current.Default ?? "none",
                "declarations that leave it out would mean something else; put it back"
            );
        }
    }

    private void CompareBounds()
    {
        Least("minLength", _shipped.MinLength, _current.MinLength, "needs {0} characters or more now");
        Most("maxLength", _shipped.MaxLength, _current.MaxLength, "takes {0} characters or fewer now");
        Least("minimum", _shipped.Minimum, _current.Minimum, "must be {0} or more now");
        Most("maximum", _shipped.Maximum, _current.Maximum, "must be {0} or less now");
    }

    private void CompareValues()
    {
        var inPlace = true;
        for (var i = 0; i < _shipped.Values.Count; i++)
        {
            var value = _shipped.Values[i];
            var place = _current.Values.ToList().FindIndex(v => v.Name == value.Name);
            if (place < 0)
            {
                if (value.Deprecated is null)
                {
                    Add(
                        SpecDiagnostics.Removed,
                        "values",
                        $"The value '{value.Name}' of '{_current.Name}'",
                        "put it back; what was shipped with 'deprecated' may go in a later release"
                    );
                }

                continue;
            }

            var now = _current.Values[place];
            if (now.Token != value.Token)
            {
                Changed(
                    $"values/{value.Name}/token",
                    $"The token of '{value.Name}'",
                    value.Token,
                    now.Token,
                    "stores that exist have the old one, so put it back, or add a value and deprecate this one"
                );
            }

            // One that moved moves those behind it; the first says enough.
            if (place != i && inPlace)
            {
                inPlace = false;
                Changed(
                    $"values/{value.Name}",
                    $"The place of '{value.Name}'",
                    $"number {Number(i)}",
                    $"number {Number(place)}",
                    "compiled programs hold the number; leave the values where they are, and add new ones at the end"
                );
            }
        }
    }

    private void CompareAddresses(UriSpec shipped, UriSpec current)
    {
        if (shipped.List && !current.List)
        {
            Stricter("uri/list", "takes one address only now", "allow a list again");
        }

        foreach (var scheme in shipped.Schemes.Where(s => !current.Schemes.Contains(s, StringComparer.Ordinal)))
        {
            Stricter("uri/schemes", $"takes no {scheme}:// any more", "put the scheme back");
        }

        if (shipped.Schemes.Count == 0 && current is { Schemes.Count: > 0, DefaultScheme: null })
        {
            Stricter("uri/schemes", "needs a scheme now", "take the schemes away, or give it a default scheme");
        }

        // Where a shipped form refused an address without one, a default only allows more.
        if (
            shipped.DefaultScheme != current.DefaultScheme
            && (shipped.DefaultScheme is not null || shipped.Schemes.Count == 0)
        )
        {
            Form("uri/defaultScheme", "The default scheme", shipped.DefaultScheme, current.DefaultScheme);
        }

        if (!shipped.PortRequired && current.PortRequired)
        {
            Stricter("uri/port", "needs a port now", "make the port optional again");
        }
        else if (!shipped.PortRequired && shipped.DefaultPort != current.DefaultPort)
        {
            Form("uri/defaultPort", "The default port", Number(shipped.DefaultPort), Number(current.DefaultPort));
        }

        if (shipped.Path != current.Path && current.Path != "any")
        {
            Stricter(
                "uri/path",
                $"takes another path now ({shipped.Path}, now {current.Path})",
                "put the path back, or make it any"
            );
        }

        if (shipped.Query && !current.Query)
        {
            Stricter("uri/query", "takes no query any more", "allow a query again");
        }
    }

    // The token may change: it is chosen anew for each statement, and no store keeps it (NFR-005).
    private void CompareFiles(FileSpec shipped, FileSpec current)
    {
        if (!shipped.Pem && current.Pem)
        {
            Stricter("file/content", "must be PEM now", "allow any content again");
        }

        Most("file/maxBytes", shipped.MaxBytes ?? FileSpec.MostBytes, current.MaxBytes, "takes {0} bytes or fewer now");
    }

    private void Least(string key, long? shipped, long? current, string what)
    {
        if (current is not null && !(shipped >= current))
        {
            Bound(key, shipped, current, what);
        }
    }

    private void Most(string key, long? shipped, long? current, string what)
    {
        if (current is not null && !(shipped <= current))
        {
            Bound(key, shipped, current, what);
        }
    }

    private void Bound(string key, long? shipped, long? current, string what) =>
        Stricter(
            key,
            string.Format(CultureInfo.InvariantCulture, what, current),
            shipped is null ? "take the bound away" : $"go back to {Number(shipped)}"
        );

    private void Form(string key, string what, string? shipped, string? current) =>
        Changed(
            key,
            $"{what} of '{_current.Name}'",
            shipped ?? "none",
            current ?? "none",
            "addresses would be completed otherwise; put it back"
        );

    private void Changed(string key, string what, string shipped, string current, string remedy) =>
        Add(SpecDiagnostics.Changed, key, what, shipped, current, remedy);

    private void Stricter(string key, string what, string remedy) =>
        Add(SpecDiagnostics.Stricter, key, $"'{_current.Name}' {what}", remedy);

    private void Add(Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, string key, params string[] arguments) =>
        _breaks.Add(new SpecBreak(descriptor, $"properties/{_current.Name}/{key}", arguments));

    private static string Word(PropertyKind kind) => kind.ToString().ToLowerInvariant();

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => (number + 1).ToString(CultureInfo.InvariantCulture);
}
