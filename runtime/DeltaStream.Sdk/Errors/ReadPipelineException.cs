using System.Data.Common;

namespace DeltaStream.Sdk.Errors;

/// <summary>The caller's pipeline ended a read by itself. The next read may go through.</summary>
internal sealed class ReadPipelineException : DbException
{
    public ReadPipelineException(Exception cause)
        : base($"The ReadPipeline of the options ended the read with {cause.GetType().Name}: {cause.Message}", cause)
    { }

    public ReadPipelineException()
        : base("The ReadPipeline of the options returned without a read that succeeded: let it throw instead") { }

    public override bool IsTransient => true;
}
