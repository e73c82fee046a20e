using System.Globalization;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>An object of a spec, read key by key. A key that nobody asks for is a mistake.</summary>
internal sealed class SpecObject
{
    private readonly JsonObject _json;
    private readonly string _what;
    private readonly TextSpan _place;
    private readonly SpecFaults _faults;
    private readonly Dictionary<string, JsonMember> _members = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <param name="json">The object.</param>
    /// <param name="what">What the object is, in words that start a message.</param>
    /// <param name="place">Where a missing key is reported: the object's name, or its opening brace.</param>
    /// <param name="faults">Where mistakes go.</param>
    public SpecObject(JsonObject json, string what, TextSpan place, SpecFaults faults)
    {
        _json = json;
        _what = what;
        _place = place;
        _faults = faults;
        foreach (var member in json.Members)
        {
            if (_members.ContainsKey(member.Name))
            {
                faults.Add(SpecDiagnostics.Duplicate, member.NameSpan, "The key", member.Name, "remove one");
            }
            else
            {
                _members.Add(member.Name, member);
            }
        }
    }

    /// <summary>The place of an object without a name: its opening brace.</summary>
    public static TextSpan Brace(JsonObject json) => new(json.Span.Start, 1);

    /// <summary>Where a missing key is reported.</summary>
    public TextSpan Place => _place;

    public JsonMember? Find(string key)
    {
        _known.Add(key);
        return _members.TryGetValue(key, out var member) ? member : null;
    }

    public JsonMember? Require(string key)
    {
        var member = Find(key);
        if (member is null)
        {
            _faults.Add(SpecDiagnostics.MissingKey, _place, _what, key);
        }

        return member;
    }

    public string? RequiredText(string key) => Text(key, required: true);

    /// <summary>A text that says something.</summary>
    public string? Text(string key, bool required = false)
    {
        var text = Value<JsonString>(key, required, "a string");
        if (text is null || text.Value.Trim().Length > 0)
        {
            return text?.Value;
        }

        _faults.Add(SpecDiagnostics.WrongValue, text.Span, key, string.Empty, "it must say something");
        return null;
    }

    /// <summary>A text that must be of a form.</summary>
    public string? Text(string key, bool required, Func<string, bool> isValid, string form)
    {
        var text = Text(key, required);
        if (text is null || isValid(text))
        {
            return text;
        }

        _faults.Add(SpecDiagnostics.WrongValue, PlaceOf(key), key, text, $"it must be {form}");
        return null;
    }

    public bool Flag(string key) => Value<JsonBoolean>(key, required: false, "true or false") is { Value: true };

    public long? Whole(string key, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        var member = Find(key);
        if (member is null)
        {
            return null;
        }

        if (
            member.Value is not JsonNumber number
            || !long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        )
        {
            _faults.Add(SpecDiagnostics.WrongType, member.Value.Span, key, "a whole number", Shown(member.Value));
            return null;
        }

        if (OutOfBounds(value, minimum, maximum) is { } bound)
        {
            _faults.Add(SpecDiagnostics.WrongValue, member.Value.Span, key, number.Text, bound);
            return null;
        }

        return value;
    }

    /// <summary>Says which bound a number breaks; null when it breaks none.</summary>
    public static string? OutOfBounds(long value, long? minimum, long? maximum) =>
        value < minimum ? string.Format(CultureInfo.InvariantCulture, "the least is {0}", minimum)
        : value > maximum ? string.Format(CultureInfo.InvariantCulture, "the most is {0}", maximum)
        : null;

    /// <summary>A value that is not a whole number, for a message: the number itself, or the kind of value.</summary>
    public static string Shown(JsonValue value) => value is JsonNumber number ? number.Text : value.Kind;

    public string? Choice(string key, bool required, params string[] choices)
    {
        var text = Text(key, required);
        if (text is null || choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        var near = NearMatch.Find(text, choices);
        _faults.Add(
            SpecDiagnostics.WrongValue,
            PlaceOf(key),
            key,
            text,
            near is null ? $"it must be one of {string.Join(", ", choices)}" : $"did you mean '{near}'?"
        );
        return null;
    }

    public JsonObject? Object(string key, bool required = false) => Value<JsonObject>(key, required, "an object");

    /// <summary>Opens an object inside.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="filled">Whether it must hold something.</param>
    /// <returns>Its reader; null when the key is not there.</returns>
    public SpecObject? Open(string key, bool required = false, bool filled = false)
    {
        if (Object(key, required) is not { } json)
        {
            return null;
        }

        if (filled && json.Members.Count == 0)
        {
            ReportEmpty(key, "{}");
        }

        return new SpecObject(json, $"'{key}'", Brace(json), _faults);
    }

    /// <summary>Opens the objects of an array; items of other types are reported and left out.</summary>
    public IEnumerable<SpecObject> OpenAll(string key, string what, bool required = false) =>
        Items<JsonObject>(key, "objects", required).Select(o => new SpecObject(o, what, Brace(o), _faults));

    /// <summary>The members of an object that must hold something, once each.</summary>
    public IReadOnlyList<JsonMember> Members(string key) =>
        Open(key, filled: true)?._members.Values.OrderBy(m => m.NameSpan.Start).ToList() ?? [];

    public JsonArray? Array(string key, bool required = false)
    {
        var array = Value<JsonArray>(key, required, "an array");
        if (array is null || array.Items.Count > 0)
        {
            return array;
        }

        ReportEmpty(key, "[]");
        return null;
    }

    /// <summary>Texts in an array; items of other types are reported and left out.</summary>
    public IReadOnlyList<JsonString> Texts(string key, bool required = false) =>
        Items<JsonString>(key, "strings", required);

    private List<T> Items<T>(string key, string kinds, bool required)
        where T : JsonValue
    {
        var items = Array(key, required)?.Items ?? [];
        foreach (var item in items.Where(i => i is not T))
        {
            _faults.Add(
                SpecDiagnostics.WrongType,
                item.Span,
                key,
                $"an array of {kinds}",
                $"an array with {item.Kind}"
            );
        }

        return items.OfType<T>().ToList();
    }

    /// <summary>Reports a key that doesn't go with the rest.</summary>
    public void Refuse(string key, string kind, string kinds)
    {
        if (_members.TryGetValue(key, out var member))
        {
            _faults.Add(SpecDiagnostics.NotForKind, member.NameSpan, key, kind, kinds);
        }
    }

    /// <summary>Reports that what a key says and something else can't both hold.</summary>
    public void Contradict(string key, string message) => _faults.Contradict(PlaceOf(key), message);

    /// <summary>The place of a key's value, or of the object when the key is not there.</summary>
    public TextSpan PlaceOf(string key) => _members.TryGetValue(key, out var member) ? member.Value.Span : _place;

    /// <summary>Whether the object has the key, with whatever value.</summary>
    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var member in _json.Members.Where(m => !_known.Contains(m.Name, StringComparer.Ordinal)))
        {
            _faults.Add(
                SpecDiagnostics.UnknownKey,
                member.NameSpan,
                _what,
                member.Name,
                NearMatch.Question(member.Name, _known.Where(k => !_members.ContainsKey(k) && k != "$schema"))
            );
        }
    }

    private T? Value<T>(string key, bool required, string type)
        where T : JsonValue
    {
        var member = required ? Require(key) : Find(key);
        if (member is { Value: not T })
        {
            _faults.Add(SpecDiagnostics.WrongType, member.Value.Span, key, type, member.Value.Kind);
        }

        return member?.Value as T;
    }

    private void ReportEmpty(string key, string value) =>
        _faults.Add(SpecDiagnostics.WrongValue, PlaceOf(key), key, value, "it must hold something, or be left out");
}
