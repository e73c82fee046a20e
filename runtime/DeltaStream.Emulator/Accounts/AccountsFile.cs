using System.Text.Json;

namespace DeltaStream.Emulator.Accounts;

/// <summary>Reads accounts from JSON: an array of <c>{ "type": ..., "parameters": { key: value } }</c>.</summary>
internal static class AccountsFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">The file holds something else; the message doesn't quote it, it may be a
    /// secret.</exception>
    public static IReadOnlyList<EmulatorAccount> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var accounts = JsonSerializer.Deserialize<List<EmulatorAccount>>(stream, s_json);
            // The serializer checks members, not what is in lists and dictionaries.
            var complete = accounts?.TrueForAll(a => a is not null && !a.Parameters.Values.Any(v => v is null));
            return complete == true
                ? accounts!
                : throw new InvalidDataException(
                    $"The accounts file '{path}' has null where an account or a value belongs."
                );
        }
        catch (JsonException e)
        {
            var line = e.LineNumber + 1;
            throw new InvalidDataException(
                $"The accounts file '{path}' is not understood at line {line}: it is an array of {{ \"type\": ..., \"parameters\": {{ ... }} }}.",
                e
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The accounts file '{path}' can't be read.", e);
        }
    }
}
