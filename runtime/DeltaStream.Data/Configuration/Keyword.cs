namespace DeltaStream.Data.Configuration;

/// <summary>The connection string's keywords and their synonyms. Case, spaces, hyphens and underscores don't matter.</summary>
internal static class Keyword
{
    public const string Server = "Server";
    public const string Token = "Token";
    public const string Organization = "Organization";
    public const string Role = "Role";
    public const string Database = "Database";
    public const string Schema = "Schema";
    public const string Store = "Store";
    public const string ComputePool = "Compute Pool";
    public const string SessionId = "Session ID";
    public const string ConnectTimeout = "Connect Timeout";
    public const string ResponseHeaderTimeout = "Response Header Timeout";
    public const string CommandTimeout = "Command Timeout";
    public const string MaxRetries = "Max Retries";
    public const string RetryDelay = "Retry Delay";
    public const string ApplicationName = "Application Name";
    public const string AllowInsecureHosts = "Allow Insecure Hosts";

    private static readonly Dictionary<string, string> s_canonical = Index(
        [Server, "Server URL", "URL", "API URL", "Data Source"],
        [Token, "API Key", "Password", "Pwd", "API Token", "Auth Token"],
        [Organization, "Organization ID", "Org ID"],
        [Role, "Role Name"],
        [Database, "Database Name", "Initial Catalog"],
        [Schema, "Schema Name"],
        [Store, "Store Name"],
        [ComputePool, "Compute Pool Name"],
        [SessionId, "Session"],
        [ConnectTimeout, "Connection Timeout"],
        [ResponseHeaderTimeout],
        [CommandTimeout, "Default Command Timeout"],
        [MaxRetries],
        [RetryDelay],
        [ApplicationName],
        [AllowInsecureHosts]
    );

    /// <summary>Finds the keyword that a synonym stands for.</summary>
    /// <exception cref="ArgumentException">The keyword is unknown.</exception>
    public static string Find(string keyword)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        if (s_canonical.TryGetValue(Fold(keyword), out var canonical))
        {
            return canonical;
        }

        var folded = Fold(keyword);
        var (nearest, distance) = s_canonical
            .Select(k => (k.Value, Distance: Distance(k.Key, folded)))
            .MinBy(k => k.Distance);
        // A token with a ';' needs quotes. Without them, what follows the ';' looks like a keyword, so only what is nearly a keyword is shown.
        var isMisspelt = distance <= Math.Max(1, folded.Length / 3);
        throw new ArgumentException(
            isMisspelt
                ? $"The connection string keyword '{keyword}' is unknown. Did you mean '{nearest}'?"
                : "The connection string has an unknown keyword. The keywords are "
                    + $"{string.Join(", ", s_canonical.Values.Distinct(StringComparer.Ordinal).Select(k => $"'{k}'"))}; "
                    + "a value with ';' or '=' in it stands in quotes.",
            nameof(keyword)
        );
    }

    public static bool TryFind(string keyword, out string canonical) =>
        s_canonical.TryGetValue(Fold(keyword), out canonical!);

    private static Dictionary<string, string> Index(params string[][] groups) =>
        groups.SelectMany(g => g.Select(k => (Fold(k), g[0]))).ToDictionary(StringComparer.Ordinal);

    private static string Fold(string keyword) =>
        string.Concat(keyword.Where(c => c is not (' ' or '_' or '-'))).ToUpperInvariant();

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[^1];
    }
}
