namespace DeltaStream.WritePictures;

/// <summary>A picture of <c>docs/images</c>, and the run that it shows.</summary>
/// <param name="File">The picture's name.</param>
/// <param name="Title">Its title.</param>
/// <param name="RunAsync">Runs the programs, and returns what they leave on a terminal.</param>
internal sealed record Recording(string File, string Title, Func<Task<Screen>> RunAsync)
{
    /// <summary>All pictures of runs.</summary>
    public static IReadOnlyList<Recording> All { get; } =
    [
        new(
            "quickstart.svg",
            "dotnet run --project samples/Quickstart, a real run",
            () => Screen.AfterRunAsync(Program("Quickstart.dll"))
        ),
        new("stores-command.svg", "deltastream-stores, a real run", StoresRun.RunAsync),
    ];

    /// <summary>
    /// The command line of a program that is built into this one's folder, with what this one needs: it refers to them all.
    /// </summary>
    public static IReadOnlyList<string> Program(string file)
    {
        var own = typeof(Recording).Assembly.Location;
        return
        [
            "dotnet",
            "exec",
            "--runtimeconfig",
            Path.ChangeExtension(own, ".runtimeconfig.json"),
            "--depsfile",
            Path.ChangeExtension(own, ".deps.json"),
            Path.Combine(Path.GetDirectoryName(own)!, file),
        ];
    }
}
