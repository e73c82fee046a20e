namespace DeltaStream.Data.Configuration;

/// <summary>The environment variables that DeltaStream's tools use, with their synonyms (wire fact 5.6).</summary>
internal static class EnvironmentSettings
{
    private static readonly string[] s_server =
    [
        "DELTASTREAM_SERVER",
        "DELTASTREAM_URL",
        "DELTASTREAM_SERVER_URL",
        "DELTASTREAM_API_URL",
    ];

    private static readonly string[] s_token =
    [
        "DELTASTREAM_API_KEY",
        "DELTASTREAM_API_TOKEN",
        "DELTASTREAM_TOKEN",
        "DELTASTREAM_AUTH_TOKEN",
    ];

    private static readonly string[] s_organization =
    [
        "DELTASTREAM_ORGANIZATION",
        "DELTASTREAM_ORGANIZATION_ID",
        "DELTASTREAM_ORG_ID",
    ];

    public static DeltaStreamOptions Read(Func<string, string?> lookup)
    {
        var options = new DeltaStreamOptions
        {
            Token = Find(lookup, s_token).Value,
            Organization = Find(lookup, s_organization).Value,
            Role = Find(lookup, ["DELTASTREAM_ROLE"]).Value,
            SessionId = Find(lookup, ["DELTASTREAM_SESSION_ID"]).Value,
            Database = Find(lookup, ["DELTASTREAM_DATABASE", "DELTASTREAM_DATABASE_NAME"]).Value,
            Schema = Find(lookup, ["DELTASTREAM_SCHEMA", "DELTASTREAM_SCHEMA_NAME"]).Value,
            Store = Find(lookup, ["DELTASTREAM_STORE", "DELTASTREAM_STORE_NAME"]).Value,
        };
        if (Find(lookup, s_server) is { Value: { } server, Name: { } name })
        {
            options.Server = ServerAddress.Parse(server, name);
        }

        return options;
    }

    private static (string? Name, string? Value) Find(Func<string, string?> lookup, ReadOnlySpan<string> names)
    {
        string? found = null,
            value = null;
        foreach (var name in names)
        {
            // Files and command substitutions leave a line feed behind; no setting starts or ends with white space.
            var candidate = lookup(name)?.Trim();
            if (string.IsNullOrEmpty(candidate))
            {
                continue;
            }

            if (value is not null && !string.Equals(value, candidate, StringComparison.Ordinal))
            {
                throw InvalidSetting.Because(
                    $"{found} and {name} are both set, to different values, and mean the same. Keep one of them."
                );
            }

            found ??= name;
            value ??= candidate;
        }
        return (found, value);
    }
}
