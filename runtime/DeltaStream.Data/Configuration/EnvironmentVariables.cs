namespace DeltaStream.Data.Configuration;

/// <summary>The environment variables of DeltaStream's tools, with their synonyms (wire fact 5.6). All begin with DELTASTREAM_.</summary>
internal static class EnvironmentVariables
{
    public static DeltaStreamOptions Read(Func<string, string?> getVariable)
    {
        var (serverName, server) = Find(getVariable, "SERVER", "URL", "SERVER_URL", "API_URL");
        var hosts = InsecureHosts.Split(Find(getVariable, "ALLOW_INSECURE_HOSTS").Value);
        var insecure = InsecureHosts.Of(hosts, InsecureHosts.Variable);
        return new()
        {
            Server = server is null ? null : ServerAddress.Parse(server, serverName, insecure),
            AllowInsecureHosts = hosts,
            Token = Find(getVariable, "API_KEY", "API_TOKEN", "TOKEN", "AUTH_TOKEN").Value,
            Organization = Find(getVariable, "ORGANIZATION", "ORGANIZATION_ID", "ORG_ID").Value,
            Role = Find(getVariable, "ROLE").Value,
            SessionId = Find(getVariable, "SESSION_ID").Value,
            Database = Find(getVariable, "DATABASE", "DATABASE_NAME").Value,
            Schema = Find(getVariable, "SCHEMA", "SCHEMA_NAME").Value,
            Store = Find(getVariable, "STORE", "STORE_NAME").Value,
        };
    }

    private static (string Name, string? Value) Find(Func<string, string?> getVariable, params string[] names)
    {
        // Files and command substitutions leave a line feed behind. No setting starts or ends with white space.
        var set = names
            .Select(n => $"DELTASTREAM_{n}")
            .Select(n => (Name: n, Value: getVariable(n)?.Trim()))
            .Where(v => !string.IsNullOrEmpty(v.Value))
            .ToList();
        var other = set.FindIndex(v => v.Value != set[0].Value);
        return other < 0
            ? set.FirstOrDefault()
            : throw InvalidSetting.Because(
                $"{set[0].Name} and {set[other].Name} mean the same and have different values. Keep one of them."
            );
    }
}
