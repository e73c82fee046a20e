namespace DeltaStream.Emulator.Protocol;

/// <summary>The client does not speak the protocol. The session ends after one last message.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
