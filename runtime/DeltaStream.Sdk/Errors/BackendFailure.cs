using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk.Errors;

/// <summary>What a transport reported, without the secrets of the declaration.</summary>
internal sealed record BackendFailure(string Message, string? SqlState, bool IsTransient, Exception? Exception)
{
    /// <summary>
    /// Whether the message already says what to do. The messages of the REST transport do when the service did not respond in SQL.
    /// </summary>
    public bool HasAdvice { get; private init; }

    /// <summary>Whether no transport should throw such an exception.</summary>
    public bool IsUnexpected { get; private init; }

    /// <summary>The message, with the SQLSTATE if there is one.</summary>
    public string Reason => SqlState is null ? Message : $"{Message} (SQLSTATE {SqlState})";

    public static BackendFailure From(Exception exception, SecretRedaction redaction)
    {
        var known = exception as DbException;
        return new(
            redaction.Redact(
                known is not null ? MessageOf(known) : $"unexpected {exception.GetType().Name}: {exception.Message}"
            ),
            string.IsNullOrEmpty(known?.SqlState) ? null : redaction.RedactOrNull(known.SqlState),
            known?.IsTransient ?? false,
            // It is passed on only if nothing that it holds is a secret or a control character.
            redaction.IsClean(exception)
                ? exception
                : null
        )
        {
            HasAdvice =
                exception is DeltaStreamException { SqlState: null } or UnreadableRowException or not DbException,
            IsUnexpected = known is null,
        };
    }

    // Npgsql puts the SQLSTATE before the message, and gives the reason only in the inner exception.
    private static string MessageOf(DbException exception)
    {
        var message = exception.Message;
        var prefix = $"{exception.SqlState}: ";
        message = message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message;
        var cause = exception is DeltaStreamException ? null : exception.InnerException?.Message;
        message = cause is null || message.Contains(cause, StringComparison.Ordinal) ? message : $"{message}: {cause}";
        return message.TrimEnd('.', ' ', '\n');
    }
}
