using System.ComponentModel;
using System.Globalization;
using DeltaStream.Sdk.Validation;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Sdk;

/// <summary>Reads the values that a declaration is made of, by name. Generated code asks for each property.</summary>
/// <remarks>It notes every failure, and shows no value that it was given.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StoreValues
{
    private readonly string _subtype;
    private readonly Dictionary<string, StoreNode> _rest;
    private readonly StoreReferences _references;
    private readonly Func<string, bool> _isSecret;
    private readonly IReadOnlyList<string> _elsewhere = [];
    private readonly List<string> _properties = [];
    private readonly List<StoreValidationFailure> _failures = [];

    /// <summary>Takes texts, as configuration has them.</summary>
    /// <param name="subtype">The subtype's name.</param>
    /// <param name="values">The texts by the property's name. Case does not count. What is null is not set.</param>
    public StoreValues(string subtype, IEnumerable<KeyValuePair<string, string?>> values)
        : this(subtype, new StoreReferences(string.Empty, Environment.GetEnvironmentVariable), _ => false)
    {
        ArgumentNullException.ThrowIfNull(values);
        _rest = new Dictionary<string, StoreNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                _rest[name] = new StoreNode(StoreNodeKind.ConfiguredText, default) { Text = value };
            }
        }
    }

    /// <summary>Takes values of JSON or YAML. Case counts.</summary>
    /// <param name="subtype">The subtype's name.</param>
    /// <param name="values">The values by the property's name, each once.</param>
    /// <param name="references">Reads what they point to.</param>
    /// <param name="isSecret">Whether a property is a secret.</param>
    /// <param name="elsewhere">What stands beside the properties and not among them.</param>
    internal StoreValues(
        string subtype,
        IEnumerable<KeyValuePair<string, StoreNode>> values,
        StoreReferences references,
        Func<string, bool> isSecret,
        IReadOnlyList<string> elsewhere
    )
        : this(subtype, references, isSecret) =>
        (_rest, _elsewhere) = (new Dictionary<string, StoreNode>(values, StringComparer.Ordinal), elsewhere);

    private StoreValues(string subtype, StoreReferences references, Func<string, bool> isSecret) =>
        (_subtype, _references, _isSecret, _rest) = (subtype, references, isSecret, []);

    /// <summary>What is wrong so far.</summary>
    internal IReadOnlyList<StoreValidationFailure> Failures => _failures;

    /// <summary>The names of secrets that stand there as plain text.</summary>
    internal List<string> PlainSecrets { get; } = [];

    /// <summary>The names of what is not known yet. They read as not set.</summary>
    internal List<string> Unknown { get; } = [];

    /// <summary>Reads a text.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The text; null when it is not set or wrong.</returns>
    public string? Text(string property) =>
        Take(property) switch
        {
            null => null,
            { Kind: StoreNodeKind.Text or StoreNodeKind.ConfiguredText } node => node.Text,
            { Kind: StoreNodeKind.Number } node => Wrong(property, node, "a text: write it in quotes"),
            var node => Wrong(property, node, "a text"),
        };

    /// <summary>Reads a secret.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The secret; null when it is not set or wrong.</returns>
    public Secret? Secret(string property)
    {
        switch (Take(property))
        {
            case null:
                // Null by itself would become an empty secret.
                return (Secret?)null;
            case { Kind: StoreNodeKind.Text } node:
                PlainSecrets.Add(property);
                return new Secret(node.Text);
            case { Kind: StoreNodeKind.ConfiguredText } node:
                return new Secret(node.Text);
            case { Kind: StoreNodeKind.Object } node:
                return Checked(property, _references.Secret(node, out var fault), fault);
            case var node:
                Wrong(property, node, "a text or an object that points to one");
                return (Secret?)null;
        }
    }

    /// <summary>Reads a file. Configuration has its path, <c>base64:</c> and its content, or the text of a PEM.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The file; null when it is not set or wrong. A configured file that can't be read fails when the declaration is validated.</returns>
    public StoreFile? File(string property)
    {
        string? fault;
        switch (Take(property))
        {
            case null:
                return null;
            case { Kind: StoreNodeKind.ConfiguredText } node:
                return StoreFile.FromConfiguration(node.Text);
            case { Kind: StoreNodeKind.Text } node when _isSecret(property):
                PlainSecrets.Add(property);
                return Checked(property, StoreReferences.OfBase64(node.Text, out fault), fault);
            case { Kind: StoreNodeKind.Text } node:
                return Checked(property, _references.OfPath(node.Text, out fault), fault);
            case { Kind: StoreNodeKind.Object } node:
                return Checked(property, _references.File(node, out fault), fault);
            case var node:
                Wrong(property, node, "a text or an object that points to a file");
                return null;
        }
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The value; null when it is not set or wrong.</returns>
    public bool? Boolean(string property)
    {
        switch (Take(property))
        {
            case null:
                return null;
            case { Kind: StoreNodeKind.Boolean } node:
                return node.Flag;
            case { Kind: StoreNodeKind.ConfiguredText } node when bool.TryParse(node.Text, out var flag):
                return flag;
            case { Kind: StoreNodeKind.ConfiguredText }:
                Fail(property, StoreValidationCodes.NotInSet, "is neither 'true' nor 'false': write one of them");
                return null;
            case var node:
                Wrong(property, node, "true or false, without quotes");
                return null;
        }
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The number; null when it is not set or wrong.</returns>
    public long? Integer(string property)
    {
        switch (Take(property))
        {
            case null:
                return null;
            case { Kind: StoreNodeKind.Number or StoreNodeKind.ConfiguredText } node:
                // JSON writes 443 as 443.0, too.
                var style = node.Kind == StoreNodeKind.Number ? NumberStyles.Float : NumberStyles.AllowLeadingSign;
                if (
                    decimal.TryParse(node.Text, style, CultureInfo.InvariantCulture, out var number)
                    && number == decimal.Truncate(number)
                    && number is >= long.MinValue and <= long.MaxValue
                )
                {
                    return (long)number;
                }

                Fail(property, StoreValidationCodes.NotInSet, "is no whole number: write one, such as 443");
                return null;
            case var node:
                Wrong(property, node, "a whole number, without quotes");
                return null;
        }
    }

    /// <summary>Reads the name of a value: its token in SQL, or its name in C#. In configuration case and underscores don't count.</summary>
    /// <typeparam name="TEnum">The values there are.</typeparam>
    /// <param name="property">The property's name.</param>
    /// <param name="tokens">The values' tokens, in their order.</param>
    /// <returns>The value; null when it is not set or wrong.</returns>
    public TEnum? Enum<TEnum>(string property, params string[] tokens)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var node = Take(property);
        switch (node)
        {
            case null:
                return null;
            case { Kind: not (StoreNodeKind.Text or StoreNodeKind.ConfiguredText) }:
                Wrong(property, node, "a text");
                return null;
        }

        var names = System.Enum.GetNames<TEnum>();
        var name = node.Text.Replace("_", string.Empty, StringComparison.Ordinal);
        var index =
            node.Kind == StoreNodeKind.Text
                ? Math.Max(Array.IndexOf(tokens, node.Text), Array.IndexOf(names, node.Text))
                : Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            return System.Enum.GetValues<TEnum>()[index];
        }

        var values = node.Kind == StoreNodeKind.Text ? tokens : names;
        var question = NearMatch.Find(node.Text, values) is { } near ? $"; did you mean '{near}'?" : "";
        Fail(
            property,
            StoreValidationCodes.NotInSet,
            $"is none of the values there are: write {string.Join(" or ", values)}{question}"
        );
        return null;
    }

    /// <summary>Reports that a required property is not set.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property's name.</param>
    /// <returns>Nothing: the reading fails.</returns>
    public T Missing<T>(string property)
    {
        // What is there and wrong is reported already, and what is not known yet is not missing.
        if (!_failures.Exists(f => f.Property == Path(property)) && !Unknown.Contains(property))
        {
            Fail(property, StoreValidationCodes.Missing, "is missing: set it");
        }

        return default!;
    }

    /// <summary>Ends the reading of configuration.</summary>
    /// <param name="name">The store's name; null when it is missing.</param>
    /// <exception cref="StoreValidationException">A text was wrong, a required property was missing, or a name is no property's.</exception>
    public void Finish(string? name)
    {
        ReportRest();
        if (_failures.Count > 0)
        {
            throw new StoreValidationException(name ?? string.Empty, _failures);
        }
    }

    /// <summary>Reports what no property asked for.</summary>
    internal void ReportRest()
    {
        string[] properties = [.. _properties.Except(_elsewhere)];
        foreach (var unknown in _rest.Keys)
        {
            var near = NearMatch.Find(unknown, properties);
            Fail(
                unknown,
                StoreValidationCodes.NotSupported,
                near is null
                    ? $"is no property of {_subtype} stores: remove it, or write {string.Join(", ", properties)}"
                    : $"is no property of {_subtype} stores; did you mean '{near}'?"
            );
        }
    }

    private StoreNode? Take(string property)
    {
        _properties.Add(property);
        if (!_rest.Remove(property, out var node) || node.Kind != StoreNodeKind.Unknown)
        {
            return node;
        }

        Unknown.Add(property);
        return null;
    }

    private T? Checked<T>(string property, T? value, string? fault)
    {
        if (fault is not null)
        {
            Fail(property, StoreValidationCodes.InvalidFile, fault);
        }

        return value;
    }

    private string? Wrong(string property, StoreNode node, string expected)
    {
        var (word, remedy) = (node.Word, node.Kind == StoreNodeKind.Null ? ", or leave it out" : "");
        Fail(property, StoreValidationCodes.NotInSet, $"is {word}, and must be {expected}{remedy}");
        return null;
    }

    private void Fail(string property, string code, string message) =>
        _failures.Add(new StoreValidationFailure(Path(property), code, $"{Path(property)} {message}"));

    private string Path(string property) => $"{_subtype}.{property}";
}
