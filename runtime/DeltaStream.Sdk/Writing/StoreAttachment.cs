namespace DeltaStream.Sdk.Statements;

/// <summary>A file that travels beside a statement.</summary>
/// <param name="Token">The literal that stands for the file in the statement, and exactly the attachment's name (wire fact 1.5).</param>
/// <param name="File">The content. Its text form shows only the size.</param>
public sealed record StoreAttachment(string Token, StoreFile File);
