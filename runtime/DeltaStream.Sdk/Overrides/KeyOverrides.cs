namespace DeltaStream.Sdk.Spelling;

/// <summary>The overrides of one client, checked, by subtype and place in the spec.</summary>
internal sealed class KeyOverrides
{
    private readonly Dictionary<StoreSubtype, KeyOverride?[]> _bySubtype;

    private KeyOverrides(Dictionary<StoreSubtype, KeyOverride?[]> bySubtype) => _bySubtype = bySubtype;

    /// <summary>What the options say.</summary>
    /// <exception cref="ArgumentException">An override can't be; the message says all that is wrong.</exception>
    public static KeyOverrides? Of(StoreClientOptions options)
    {
        if (options.KeyOverrides is not { Count: > 0 })
        {
            return null;
        }

        var own = options.OwnSubtypes ?? [];
        if (own.Contains(null!))
        {
            throw new ArgumentException(
                $"{nameof(StoreClientOptions.OwnSubtypes)} holds a null: take it out.",
                nameof(options)
            );
        }

        var check = new KeyOverrideCheck([.. StoreSubtypes.All, .. own]);
        var bySubtype = new Dictionary<StoreSubtype, KeyOverride?[]>();
        foreach (var (path, value) in options.KeyOverrides.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (check.Find(path, value) is var (subtype, index))
            {
                if (!bySubtype.TryGetValue(subtype, out var keys))
                {
                    bySubtype[subtype] = keys = new KeyOverride?[subtype.Properties.Length];
                }

                keys[index] = new KeyOverride(path, value.Key, value.Kind);
            }
        }

        return check.Faults.Count == 0
            ? new KeyOverrides(bySubtype)
            : throw new ArgumentException(
                $"{nameof(StoreClientOptions.KeyOverrides)}: {string.Join(' ', check.Faults)}",
                nameof(options)
            );
    }

    /// <summary>What a subtype's properties are written as, by their place in the spec; null when all are as the spec says.</summary>
    public KeyOverride?[]? For(StoreSubtype subtype) => _bySubtype.GetValueOrDefault(subtype);
}

/// <summary>What one property is written as.</summary>
/// <param name="Path">The property, with its subtype: what messages call it.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">The form of the value; null for the spec's.</param>
internal sealed record KeyOverride(string Path, string Key, StorePropertyKind? Kind);
