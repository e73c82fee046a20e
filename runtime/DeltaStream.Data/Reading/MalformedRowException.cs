namespace DeltaStream.Data.Reading;

/// <summary>A row is malformed. The reader throws an exception of its own, which says where.</summary>
/// <param name="what">What is wrong, as the end of a sentence about the row; never the row's text.</param>
/// <param name="column">The cell's column; null for the whole row.</param>
#pragma warning disable CA1032, CA1064 // It never leaves the reader.
internal sealed class MalformedRowException(string what, int? column) : Exception(what)
{
    public int? Column => column;
}
#pragma warning restore CA1032, CA1064
