namespace DeltaStream.Stores.Tool.Output;

/// <summary>How a run ended, as the exit code that scripts read.</summary>
internal enum ExitCode
{
    /// <summary>It did what was asked.</summary>
    Done,

    /// <summary>It failed, was stopped, or was called wrongly.</summary>
    Failed,

    /// <summary>Something is not as declared, and <c>--exit-code</c> asked for a code of its own.</summary>
    Differences,

    /// <summary>The declarations can't be read, or are not valid.</summary>
    InvalidDeclarations,

    /// <summary>The service can't be reached, or lets nobody in.</summary>
    NoConnection,
}
