using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Execution;

/// <summary>What a statement runs with beside its text. The protocol that it came by makes one.</summary>
/// <param name="Role">Who runs it.</param>
/// <param name="Attachments">The files that came with it.</param>
/// <param name="Cancel">Stops it.</param>
internal sealed record StatementContext(Role Role, Attachments Attachments, CancelSwitch Cancel);
