namespace DeltaStream.WriteDocs.Pages;

/// <summary>A file of the documentation that the specs give.</summary>
/// <param name="Path">Its path in the folder of the documentation, with slashes, such as <c>schema/store.json</c>.</param>
/// <param name="Text">What is in it: LF ends each line, also the last one.</param>
internal sealed record Page(string Path, string Text);
