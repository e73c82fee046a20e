using System.Globalization;
using System.Text;
using System.Text.Json;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Pulumi.Stores;

/// <summary>The outputs of a store: what the engine keeps of it.</summary>
/// <remarks>
/// They repeat the inputs, say what the catalog shows (D-004), and hold two values for the next operation, which the engine does
/// not show: what is known and attempted (<c>__state</c>, a secret), and what DESCRIBE STORE showed at the last read
/// (<c>__described</c>, a secret, too).
/// </remarks>
internal static class StoreOutputs
{
    private const string Type = "type";
    private const string State = "state";
    private const string CreatedAt = "createdAt";
    private const string UpdatedAt = "updatedAt";
    private const string KnownState = "__state";
    private const string Described = "__described";
    private const string Key = "key";

    /// <summary>Outputs after something was done.</summary>
    /// <param name="inputs">The inputs that were declared, or attempted.</param>
    /// <param name="row">The store as the catalog showed it last; null when it was not seen.</param>
    /// <param name="state">What is known now.</param>
    public static PropertyMap Of(PropertyMap inputs, Store? row, StoreState state)
    {
        var outputs = new PropertyMap(inputs) { [KnownState] = Text(state) };
        if (row is not null)
        {
            foreach (var (name, value) in OfRow(row))
            {
                outputs[name] = value;
            }
        }

        return outputs;
    }

    /// <summary>Outputs after a read.</summary>
    public static PropertyMap Of(PropertyMap inputs, StoreDescription description, StoreState state) =>
        new(Of(inputs, description.Store, state))
        {
            [Described] = PropertyValue.Of(
                new PropertyMap(description.Values.Select(v => KeyValuePair.Create(v.Key, Value(v.Value))))
            ) with
            {
                // Somebody else's address may hold a password.
                IsSecret = true,
            },
        };

    /// <summary>What the catalog shows, for a function.</summary>
    public static PropertyMap OfRow(Store row) =>
        new()
        {
            [StoreInputs.Name] = PropertyValue.Of(row.Name),
            [Type] = PropertyValue.Of(row.Type),
            [State] = PropertyValue.Of(row.State),
            [StoreInputs.Owner] = PropertyValue.Of(row.Owner),
            [CreatedAt] = PropertyValue.Of(Text(row.CreatedAt)),
            [UpdatedAt] = PropertyValue.Of(Text(row.UpdatedAt)),
        };

    /// <summary>Outputs that a preview shows: what only the service can tell is not known yet.</summary>
    public static PropertyMap Preview(PropertyMap? before, PropertyMap inputs)
    {
        var outputs = new PropertyMap(inputs);
        foreach (var name in (string[])[Type, StoreInputs.Owner, CreatedAt])
        {
            outputs[name] = before?.GetValueOrDefault(name) ?? PropertyValue.Unknown;
        }

        outputs[State] = PropertyValue.Unknown;
        outputs[UpdatedAt] = PropertyValue.Unknown;
        return outputs;
    }

    /// <summary>What is known; null when this provider never saw the store.</summary>
    /// <exception cref="RefusedException">It can't be read.</exception>
    public static StoreState? StateOf(Known known)
    {
        if (known.Outputs.Text(KnownState) is not { } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return StoreState.Parse(
                root.GetProperty(State).GetRawText(),
                StoreStateKey.FromBase64(root.GetProperty(Key).GetString() ?? "")
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or InvalidDataException
            )
        {
            var why = e is InvalidDataException ? $": {e.Message}" : ".";
            throw new RefusedException(
                $"What Pulumi's state knows of store '{known.Id}' can't be read{why} "
                    + $"To start anew with the store as it is: pulumi state delete '{known.Urn}', then pulumi import."
            );
        }
    }

    /// <summary>The store as the catalog showed it last; null when it was not seen.</summary>
    public static Store? RowOf(PropertyMap outputs) =>
        outputs.Text(StoreInputs.Name) is { } name
        && outputs.Text(Type) is { } type
        && outputs.Text(State) is { } state
        && outputs.Text(StoreInputs.Owner) is { } owner
        && Time(outputs.Text(CreatedAt)) is { } createdAt
        && Time(outputs.Text(UpdatedAt)) is { } updatedAt
            ? new Store
            {
                Name = name,
                Type = type,
                State = state,
                Owner = owner,
                CreatedAt = createdAt,
                UpdatedAt = updatedAt,
            }
            : null;

    /// <summary>What DESCRIBE STORE showed at the last read; null when nothing was read since the last change.</summary>
    public static DescribedValues? DescribedOf(Known known, StoreSubtype subtype) =>
        known.Outputs.GetValueOrDefault(Described) is { Kind: PropertyKind.Map, Members: var shown }
            ? DescribedValues.Of(subtype, shown.ToDictionary(s => s.Key, s => Plain(s.Value), StringComparer.Ordinal))
            : null;

    /// <summary>A value that DESCRIBE STORE shows.</summary>
    public static PropertyValue Value(object shown) =>
        shown switch
        {
            bool flag => PropertyValue.Of(flag),
            long number => PropertyValue.Of((double)number),
            _ => PropertyValue.Of((string)shown),
        };

    private static object Plain(PropertyValue value) =>
        value.Kind switch
        {
            PropertyKind.Boolean => value.Flag,
            PropertyKind.Number => (long)value.Number,
            _ => value.Text,
        };

    private static PropertyValue Text(StoreState state)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString(Key, state.Key.Reveal());
            json.WritePropertyName(State);
            json.WriteRawValue(state.ToJson());
            json.WriteEndObject();
        }

        return PropertyValue.Of(Encoding.UTF8.GetString(stream.ToArray())) with
        {
            IsSecret = true,
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
