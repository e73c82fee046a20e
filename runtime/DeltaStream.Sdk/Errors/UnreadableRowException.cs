using System.Data.Common;

namespace DeltaStream.Sdk.Catalog;

/// <summary>A row of the catalog is not what the client knows. It goes the way of every other failure of the service.</summary>
internal sealed class UnreadableRowException(string column, Exception cause)
    : DbException(
        $"The catalog's column '{column}' can't be read. The service may be newer than this SDK: update it",
        cause
    );
