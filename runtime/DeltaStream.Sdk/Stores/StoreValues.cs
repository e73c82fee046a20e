using System.ComponentModel;
using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>Reads the texts that a declaration is made of. Generated code asks for each property, and then for the end.</summary>
/// <remarks>It reports every failure at once, and shows no text that it was given.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StoreValues
{
    private readonly string _subtype;
    private readonly Dictionary<string, string> _rest = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _properties = [];
    private readonly List<StoreValidationFailure> _failures = [];

    /// <summary>Takes texts.</summary>
    /// <param name="subtype">The subtype's name.</param>
    /// <param name="values">The texts by the property's name. Case does not count. What is null is not set.</param>
    public StoreValues(string subtype, IEnumerable<KeyValuePair<string, string?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _subtype = subtype;
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                _rest[name] = value;
            }
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The text; null when it is not set.</returns>
    public string? Text(string property)
    {
        _properties.Add(property);
        return _rest.Remove(property, out var text) ? text : null;
    }

    /// <summary>Reads a secret.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The secret; null when it is not set.</returns>
    // Null by itself would become an empty secret.
    public Secret? Secret(string property) => Text(property) is { } text ? new Secret(text) : (Secret?)null;

    /// <summary>Reads a file: its path, <c>base64:</c> and its content, or the text of a PEM.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The file; null when it is not set. A file that can't be read fails when the declaration is validated.</returns>
    public StoreFile? File(string property) => Text(property) is { } text ? StoreFile.FromConfiguration(text) : null;

    /// <summary>Reads true or false.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The value; null when it is not set or wrong.</returns>
    public bool? Boolean(string property) =>
        Text(property) is not { } text ? null
        : bool.TryParse(text, out var value) ? value
        : Wrong<bool>(property, "is neither 'true' nor 'false': write one of them");

    /// <summary>Reads a whole number.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The number; null when it is not set or wrong.</returns>
    public long? Integer(string property) =>
        Text(property) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : Wrong<long>(property, "is no whole number: write one, such as 443");

    /// <summary>Reads the name of a value. Case and underscores don't count.</summary>
    /// <typeparam name="TEnum">The values there are.</typeparam>
    /// <param name="property">The property's name.</param>
    /// <returns>The value; null when it is not set or wrong.</returns>
    public TEnum? Enum<TEnum>(string property)
        where TEnum : struct, Enum
    {
        if (Text(property) is not { } text)
        {
            return null;
        }

        var names = System.Enum.GetNames<TEnum>();
        var name = text.Replace("_", string.Empty, StringComparison.Ordinal);
        var index = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? System.Enum.GetValues<TEnum>()[index]
            : Wrong<TEnum>(property, $"is none of the values there are: write {string.Join(" or ", names)}");
    }

    /// <summary>Reports that a required property is not set.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property's name.</param>
    /// <returns>Nothing: <see cref="Finish"/> throws.</returns>
    public T Missing<T>(string property)
    {
        // What is there and wrong is reported already.
        if (!_failures.Exists(f => f.Property == Path(property)))
        {
            Fail(property, StoreValidationCodes.Missing, "is missing: set it");
        }

        return default!;
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="name">The store's name; null when it is missing.</param>
    /// <exception cref="StoreValidationException">A text was wrong, a required property was missing, or a name is no property's.</exception>
    public void Finish(string? name)
    {
        foreach (var unknown in _rest.Keys)
        {
            Fail(
                unknown,
                StoreValidationCodes.NotSupported,
                $"is no property of {_subtype} stores: remove it, or write {string.Join(", ", _properties)}"
            );
        }

        if (_failures.Count > 0)
        {
            throw new StoreValidationException(name ?? string.Empty, _failures);
        }
    }

    private T? Wrong<T>(string property, string message)
        where T : struct
    {
        Fail(property, StoreValidationCodes.NotInSet, message);
        return null;
    }

    private void Fail(string property, string code, string message) =>
        _failures.Add(new StoreValidationFailure(Path(property), code, $"{Path(property)} {message}"));

    private string Path(string property) => $"{_subtype}.{property}";
}
