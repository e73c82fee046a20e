using DeltaStream.Emulator.Specs;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Rest;

/// <summary>What a client posts to run statements (wire fact 5.2). Not a record: no ToString shows it.</summary>
internal sealed class StatementRequest(string statement, RequestContext context)
{
    public ParsedText Statements { get; } = new(statement, Dialect.Rest);

    public RequestContext Context => context;

    public Attachments Attachments { get; set; } = Attachments.None;
}
