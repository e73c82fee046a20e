namespace DeltaStream.Declarations;

/// <summary>A spec, or the accounts beside it, lacks what a declaration is made from. The message says what to add, and where.</summary>
internal sealed class SpecGapException(string message) : Exception(message);
