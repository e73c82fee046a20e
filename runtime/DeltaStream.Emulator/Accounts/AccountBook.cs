using System.Text;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Accounts;

/// <summary>The accounts that stores may use. A type without any accepts every credential.</summary>
internal sealed class AccountBook
{
    private readonly List<(string Type, IReadOnlyList<Entry> Entries)> _accounts = [];

    /// <exception cref="ArgumentException">An account names a type or a parameter that no spec has.</exception>
    public AccountBook(StoreSpecs specs, IEnumerable<EmulatorAccount> accounts)
    {
        foreach (var account in accounts)
        {
            var spec =
                specs.ByType(account.Type)
                ?? throw new ArgumentException(
                    $"An account is of type '{account.Type}', which is not a store type; those are {string.Join(", ", specs.All.Select(s => s.Type))}.",
                    nameof(accounts)
                );
            _accounts.Add((spec.Type, account.Parameters.Select(p => Entry.Of(spec, p.Key, p.Value)).ToList()));
        }
    }

    /// <summary>Why no account fits the store, or null when one does. The message shows keys, never values.</summary>
    public string? Judge(StoreSpec spec, IReadOnlyDictionary<string, StoredValue> parameters, CatalogKey key)
    {
        var accounts = _accounts.Where(a => a.Type == spec.Type).Select(a => a.Entries).ToList();
        if (accounts.Count == 0 || accounts.Exists(entries => entries.All(e => Fits(e, spec, parameters, key))))
        {
            return null;
        }

        var keys = accounts.SelectMany(entries => entries).Select(e => e.Property.Key).Distinct().ToList();
        return $"authentication failed: the credentials for {Summary(keys)} match no account known to the emulator";
    }

    private static bool Fits(
        Entry entry,
        StoreSpec spec,
        IReadOnlyDictionary<string, StoredValue> parameters,
        CatalogKey key
    )
    {
        var name = entry.Property.Name;
        if (parameters.TryGetValue(name, out var stored))
        {
            return entry.Accepted.Any(value =>
                stored.Text is { } text ? text == value : stored.Digest == key.Digest(name, value)
            );
        }

        var plain = parameters.ToDictionary(p => p.Key, p => p.Value.Text);
        return new RuleCheck(spec, plain).Effective(name) is { } effective && entry.Accepted.Contains(effective);
    }

    /// <summary>Several keys with the same beginning are named once: <c>kafka.sasl.*</c>.</summary>
    private static string Summary(List<string> keys)
    {
        var heads = keys.Select(k => k[..(k.LastIndexOf('.') + 1)]).Distinct().ToList();
        return keys.Count > 1 && heads is [{ Length: > 0 } head]
            ? head + "*"
            : string.Join(", ", keys.Order(StringComparer.Ordinal));
    }

    /// <summary>A parameter of an account, with the canonical values that count as equal.</summary>
    private sealed class Entry(PropertySpec property, IReadOnlyList<string> accepted)
    {
        public PropertySpec Property => property;

        public IReadOnlyList<string> Accepted => accepted;

        public static Entry Of(StoreSpec spec, string key, string value)
        {
            var property =
                spec.ByKey(key)
                ?? throw new ArgumentException(
                    $"An account of type {spec.Type} has the parameter '{key}', which no {spec.Type} store has; those are {string.Join(", ", spec.Properties.Select(p => p.Key))}.",
                    nameof(key)
                );
            return property.Kind switch
            {
                PropertyKind.Boolean or PropertyKind.Enum => new Entry(property, [value.ToUpperInvariant()]),
                PropertyKind.File => new Entry(property, Contents(property, value)),
                _ => new Entry(property, [value]),
            };
        }

        /// <summary>A file is given as text or as base64. Both readings count.</summary>
        private static string[] Contents(PropertySpec property, string value)
        {
            var decoded = new byte[value.Length];
            byte[][] readings = Convert.TryFromBase64String(value, decoded, out var length)
                ? [Encoding.UTF8.GetBytes(value), decoded[..length]]
                : [Encoding.UTF8.GetBytes(value)];
            var contents = new List<string>();
            string? wrong = null;
            foreach (var reading in readings)
            {
                var canonical = FileCheck.Canonical(property, reading, out wrong);
                if (wrong is null)
                {
                    contents.Add(canonical);
                }
            }

            return contents.Count > 0
                ? [.. contents]
                : throw new ArgumentException($"An account's '{property.Key}' {wrong}.", nameof(value));
        }
    }
}
