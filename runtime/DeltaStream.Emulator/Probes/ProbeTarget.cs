using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Probes;

/// <summary>What a probe connects to, and as whom. Not a record: no ToString shows the password.</summary>
internal sealed class ProbeTarget
{
    public required string Address { get; init; }

    public required string Username { get; init; }

    public required string Password { get; init; }

    public bool TlsDisabled { get; init; }

    public bool VerifyHostname { get; init; }

    /// <summary>The certificate authority, as PEM in base64; null for those that the machine trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>Reads it from a store's parameters, as the subtype's spec says.</summary>
    /// <param name="spec">The subtype, which has a probe.</param>
    /// <param name="parameters">All there are, by key, in plain text.</param>
    public static ProbeTarget Of(StoreSpec spec, IReadOnlyDictionary<string, string> parameters)
    {
        var probe = spec.Probe!;
        var byName = spec
            .Properties.Where(p => parameters.ContainsKey(p.Key))
            .ToDictionary(p => p.Name, p => (string?)parameters[p.Key]);
        var rules = new RuleCheck(spec, byName);
        return new ProbeTarget
        {
            Address = Value(probe.Address) ?? "",
            Username = Value(probe.Username) ?? "",
            Password = Value(probe.Password) ?? "",
            TlsDisabled = Value(probe.TlsDisabled) == "TRUE",
            VerifyHostname = Value(probe.VerifyHostname) != "FALSE",
            Authority = Value(probe.Authority),
        };

        string? Value(string? name) => name is null ? null : rules.Effective(name);
    }
}
