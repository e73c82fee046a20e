using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Execution;

/// <summary>
/// What a statement runs in beside its text: who runs it, what came with it, and how it is stopped. The protocol that it
/// came by makes one.
/// </summary>
internal sealed class StatementContext(Role role, Attachments attachments, CancelSwitch cancel)
{
    public Role Role { get; } = role;

    public Attachments Attachments { get; } = attachments;

    public CancelSwitch Cancel { get; } = cancel;
}
