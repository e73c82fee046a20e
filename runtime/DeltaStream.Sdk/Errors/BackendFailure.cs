using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk;

/// <summary>What a transport reported, with the secrets of a declaration taken out of it.</summary>
internal sealed record BackendFailure(string Message, string? SqlState, bool IsTransient, DbException? Exception)
{
    /// <summary>Whether the message ends with what to do, as the REST transport's do where the service did not answer in SQL.</summary>
    public bool HasAdvice { get; private init; }

    /// <summary>The message, and the SQLSTATE if there is one.</summary>
    public string Reason => SqlState is null ? Message : $"{Message} (SQLSTATE {SqlState})";

    public static BackendFailure From(DbException exception, SecretRedaction redaction) =>
        new(
            redaction.Redact(MessageOf(exception)),
            string.IsNullOrEmpty(exception.SqlState) ? null : exception.SqlState,
            exception.IsTransient,
            // ToString() shows everything an exception carries, so it decides whether the exception may be passed on.
            redaction.IsClean(exception.ToString())
                ? exception
                : null
        )
        {
            HasAdvice = exception is DeltaStreamException { SqlState: null } or UnreadableRowException,
        };

    // Npgsql puts the SQLSTATE in front of the message, where it has its own place here, and says why only in the inner exception.
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
