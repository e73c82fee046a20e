namespace DeltaStream.Emulator.Protocol;

/// <summary>What a client says first: who it is, or which other connection's statement to cancel.</summary>
internal abstract class Startup
{
    public const int SslRequest = 80877103;
    public const int GssEncryptionRequest = 80877104;
    private const int CancelRequestCode = 80877102;
    private const int MajorVersion = 3;

    /// <summary>Reads the client's first messages. Returns null when it is gone.</summary>
    public static async ValueTask<Startup?> ReadAsync(
        MessageReader reader,
        MessageWriter writer,
        CancellationToken cancellationToken
    )
    {
        // A client may ask for each kind of encryption once before it says who it is.
        for (var asked = 0; asked < 3; asked++)
        {
            if (await reader.ReadStartupAsync(cancellationToken).ConfigureAwait(false) is not { } body)
            {
                return null;
            }

            switch (Code(body))
            {
                case SslRequest or GssEncryptionRequest:
                    writer.RefuseEncryption();
                    if (!await writer.FlushAsync(cancellationToken).ConfigureAwait(false))
                    {
                        return null;
                    }

                    break;
                case CancelRequestCode:
                    return Cancel(body);
                default:
                    return Client(body);
            }
        }

        throw new ProtocolException("the connection does not begin as one");
    }

    private static int Code(byte[] body) => new MessageBody(body).Int32();

    private static CancelRequest Cancel(byte[] body)
    {
        var fields = new MessageBody(body);
        fields.Int32();
        return new CancelRequest((fields.Int32(), fields.Int32()));
    }

    private static StartupMessage Client(byte[] body)
    {
        var fields = new MessageBody(body);
        var version = fields.Int32();
        if (version >> 16 != MajorVersion)
        {
            throw new ProtocolException("only version 3 of the PostgreSQL protocol is spoken here");
        }

        var options = new Dictionary<string, string>();
        while (fields.Text() is { Length: > 0 } name)
        {
            options[name] = fields.Text();
        }

        return new StartupMessage(version & 0xFFFF, options);
    }
}

/// <summary>Cancels what another connection does. The server closes without a response.</summary>
internal sealed class CancelRequest((int Process, int Secret) key) : Startup
{
    public (int Process, int Secret) Key => key;
}

internal sealed class StartupMessage(int minorVersion, IReadOnlyDictionary<string, string> options) : Startup
{
    public int MinorVersion => minorVersion;

    public string User => options.GetValueOrDefault("user") ?? "";

    public string Database => options.GetValueOrDefault("database") is { Length: > 0 } database ? database : User;

    /// <summary>Options of the protocol itself, none of which is known here.</summary>
    public IReadOnlyList<string> ProtocolOptions =>
        [.. options.Keys.Where(k => k.StartsWith("_pq_.", StringComparison.Ordinal))];
}
