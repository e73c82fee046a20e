namespace DeltaStream.WriteDocs;

/// <summary>The specs and their accounts give no page: what is wrong, and the remedy.</summary>
internal sealed class WrongDocsException(string message) : Exception(message);
