namespace DeltaStream.Sdk.Statements;

/// <summary>A file that travels beside a statement.</summary>
/// <param name="Token">The literal that stands for it in the statement, and the attachment's name, exactly (wire fact 1.5).</param>
/// <param name="File">The content. Its string form shows the size only.</param>
public sealed record StoreAttachment(string Token, StoreFile File);
