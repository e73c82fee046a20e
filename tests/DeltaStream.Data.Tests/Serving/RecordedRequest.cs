using System.Text;
using System.Text.Json;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query, as on the wire.</param>
/// <param name="Headers">Headers by name, case-insensitive.</param>
/// <param name="Body">The body, byte by byte.</param>
public sealed record RecordedRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body
)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The JSON of a statement's request, whether it came alone or as a part.</summary>
    public JsonElement Json => JsonDocument.Parse(Parts is [var first, ..] ? first.Content : Body).RootElement;

    public string? Statement => Json.GetProperty("statement").GetString();

    /// <summary>The parts of a multipart body, in order, headers as they were written.</summary>
    public IReadOnlyList<(string[] Headers, byte[] Content)> Parts
    {
        get
        {
            var type = Headers.GetValueOrDefault("Content-Type") ?? "";
            if (!type.StartsWith("multipart/form-data; boundary=", StringComparison.Ordinal))
            {
                return [];
            }

            var boundary = "--" + type.Split("boundary=")[1].Trim('"');
            // Latin-1 maps bytes to characters and back without loss.
            var pieces = Encoding.Latin1.GetString(Body).Split(boundary);
            Assert.Equal("", pieces[0]);
            Assert.Equal("--\r\n", pieces[^1]);
            return
            [
                .. pieces[1..^1]
                    .Select(p =>
                    {
                        var end = p.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                        return (
                            p[2..end].Split("\r\n").Order(StringComparer.Ordinal).ToArray(),
                            Encoding.Latin1.GetBytes(p[(end + 4)..^2])
                        );
                    }),
            ];
        }
    }
}
