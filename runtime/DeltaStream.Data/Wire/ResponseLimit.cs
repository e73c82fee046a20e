using System.Globalization;
using DeltaStream.Data.Statements;

namespace DeltaStream.Data.Wire;

/// <summary>The most bytes that a response may have when it is decompressed.</summary>
internal static class ResponseLimit
{
    /// <summary>4 MiB for a statement that changes something: the service tells in one row what was done.</summary>
    public const int Change = 4 * 1024 * 1024;

    /// <summary>256 MiB for rows. A partition is in memory as a whole.</summary>
    public const int Rows = 256 * 1024 * 1024;

    public static int Of(StatementOutline statement) => statement.IsChange ? Change : Rows;

    public static string Text(int limit)
    {
        const int MiB = 1024 * 1024;
        return limit % MiB == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{limit / MiB} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{limit} bytes");
    }
}
