namespace DeltaStream.Sdk.Statements;

/// <summary>How the files of a declaration travel with its statement.</summary>
public enum StoreFileTransport
{
    /// <summary>In the statement, as base64 on one line: for transports that carry only SQL text.</summary>
    Inline,

    /// <summary>Beside the statement, which holds the token: for transports that carry attachments (wire fact 1.5).</summary>
    Attachment,

    /// <summary>
    /// Beside the statement, and the secrets too, in a file of properties: no text of a statement holds one. Unverified: see
    /// <see cref="StoreClientOptions.AttachSecrets"/>.
    /// </summary>
    AttachmentWithSecrets,
}
