using System.Data.Common;

namespace DeltaStream.Sdk.Errors;

/// <summary>A row of the catalog has not the form that the client knows. The client treats it as a failure of the service.</summary>
internal sealed class UnreadableRowException : DbException
{
    public UnreadableRowException(string column, Exception cause)
        : base(
            $"The catalog's column '{column}' can't be read. The service may be newer than this SDK: update it",
            cause
        ) { }

    public UnreadableRowException(OutOfMemoryException cause)
        : base(
            "A row of the catalog is larger than the free memory of this process. Check that the connection leads to DeltaStream",
            cause
        ) { }
}
