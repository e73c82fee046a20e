using System.Text;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Identity;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// Lets a client in: with the password by SCRAM-SHA-256, or, without authentication, as whoever it says it is.
/// </summary>
internal sealed class Authenticator(string? password)
{
    private const int Ok = 0;
    private const int Sasl = 10;
    private const int SaslContinue = 11;
    private const int SaslFinal = 12;

    private readonly ScramVerifier? _verifier = password is null ? null : new ScramVerifier(password);

    /// <summary>Returns false when the client is gone or is refused.</summary>
    public async ValueTask<bool> LetInAsync(
        StartupMessage client,
        MessageReader reader,
        MessageWriter writer,
        CancellationToken cancellationToken
    )
    {
        if (_verifier is not null)
        {
            var proven = await ProvesAsync(_verifier, reader, writer, cancellationToken).ConfigureAwait(false);
            if (proven is not { } isRight)
            {
                return false;
            }

            if (!isRight.Password || client.User != EmulatorIdentity.User)
            {
                writer.Fatal(SqlState.InvalidPassword, $"password authentication failed for user \"{client.User}\"");
                return false;
            }

            if (client.Database != EmulatorIdentity.Database)
            {
                writer.Fatal(SqlState.InvalidDatabase, $"database \"{client.Database}\" does not exist");
                return false;
            }

            writer.Authentication(SaslFinal, Encoding.UTF8.GetBytes(isRight.ServerProof!));
        }

        writer.Authentication(Ok);
        reader.Trusted = true;
        return true;
    }

    private static async ValueTask<(bool Password, string? ServerProof)?> ProvesAsync(
        ScramVerifier verifier,
        MessageReader reader,
        MessageWriter writer,
        CancellationToken cancellationToken
    )
    {
        writer.Authentication(Sasl, Encoding.UTF8.GetBytes(ScramServer.Mechanism + "\0\0"));
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (await AnswerAsync(reader, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        var scram = new ScramServer(verifier);
        writer.Authentication(SaslContinue, Encoding.UTF8.GetBytes(scram.Begin(InitialResponse(first))));
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (await AnswerAsync(reader, cancellationToken).ConfigureAwait(false) is not { } final)
        {
            return null;
        }

        var proof = scram.Finish(WireType.Utf8(final));
        return (proof is not null, proof);
    }

    private static async ValueTask<byte[]?> AnswerAsync(MessageReader reader, CancellationToken cancellationToken)
    {
        var message = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return message switch
        {
            null => null,
            ('p', var body) => body,
            _ => throw new ProtocolException("a password is expected"),
        };
    }

    private static string InitialResponse(byte[] body)
    {
        var fields = new MessageBody(body);
        if (fields.Text() != ScramServer.Mechanism)
        {
            throw new ProtocolException("only SCRAM-SHA-256 is offered");
        }

        return WireType.Utf8(fields.Take(fields.Int32()));
    }
}
