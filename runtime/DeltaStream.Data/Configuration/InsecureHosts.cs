using System.Net;
using System.Net.Sockets;

namespace DeltaStream.Data.Configuration;

/// <summary>
/// The hosts that may have the token over plain http, besides this machine: for an emulator in another container. Each is
/// named, and nothing stands for several.
/// </summary>
internal sealed class InsecureHosts
{
    public const string Variable = "DELTASTREAM_ALLOW_INSECURE_HOSTS";

    private const string Example = "Name each host by itself, such as 'emulator', with a comma between two.";

    private readonly HashSet<string> _hosts;

    private InsecureHosts(IEnumerable<string> hosts)
    {
        _hosts = [.. hosts];
    }

    /// <summary>The hosts with commas between them; null when there are none.</summary>
    public string? Names => _hosts.Count > 0 ? string.Join(", ", _hosts) : null;

    /// <exception cref="ArgumentException">An entry is not the name of one host.</exception>
    public static InsecureHosts Of(IEnumerable<string>? entries, string source) =>
        new(
            (entries ?? []).Select(entry =>
                Fault(entry, out var host) is { } fault
                    ? throw InvalidSetting.Because($"{source} {fault} {Example}")
                    : host!
            )
        );

    /// <summary>Reads a list with commas.</summary>
    public static string[] Split(string? text) => string.IsNullOrWhiteSpace(text) ? [] : text.Split(',');

    /// <summary>Writes a list with commas, without what is no host: nobody may have checked it.</summary>
    public static string? Printable(IEnumerable<string>? entries) =>
        string.Join(',', (entries ?? []).Where(e => Fault(e, out _) is null)) is { Length: > 0 } text ? text : null;

    public bool Contains(Uri uri) => _hosts.Contains(uri.IdnHost);

    /// <summary>What is wrong with an entry, or null and the host as the addresses of requests have it.</summary>
    private static string? Fault(string? entry, out string? host)
    {
        var text = entry?.Trim() ?? "";
        var isBare = IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6;
        var authority = isBare && text[0] != '[' ? $"[{text}]" : text;
        var isUri = Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var uri);
        host = uri?.IdnHost;
        return text switch
        {
            "" => "has an entry that is empty.",
            _ when text.AsSpan().ContainsAny('*', '?') || text[0] == '.' =>
                "has a pattern, and a pattern could let the token go to anybody.",
            _ when text.AsSpan().ContainsAny("/\\@#") => "has an address where the name of a host belongs.",
            _ when isUri && authority.EndsWith($":{uri!.Port}", StringComparison.Ordinal) =>
                $"has a port, and it is about hosts: write '{host}'.",
            _ when !isUri
                    || text[^1] == ':'
                    || uri!.Authority.Length == 0
                    || uri.UserInfo.Length > 0
                    || text.Any(char.IsWhiteSpace) => "has an entry that is not the name of a host.",
            _ => null,
        };
    }
}
