namespace DeltaStream.Data.Results;

/// <summary>Where a cell is in the rows of its partition.</summary>
/// <param name="Start">Where its text starts, behind the quote.</param>
/// <param name="Length">How many bytes the text has.</param>
/// <param name="Form">How it is written.</param>
internal readonly record struct Cell(int Start, int Length, CellForm Form);

/// <summary>How a cell is written.</summary>
internal enum CellForm : byte
{
    Null,

    /// <summary>The bytes are the text: a string without escapes, a bare number or boolean.</summary>
    Plain,

    /// <summary>A string with escapes.</summary>
    Escaped,
}
