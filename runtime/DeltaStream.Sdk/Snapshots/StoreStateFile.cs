using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>A state in a file, for one process at a time.</summary>
/// <remarks>
/// While the file is open, <c>PATH.lock</c> is locked, and another process is refused. The lock goes with the process, however
/// it ends. Each save writes <c>PATH.new</c>, flushes it to the disk, and renames it to <c>PATH</c>, so that a process that is
/// killed leaves the old or the new state and never a part of one; the state before is kept as <c>PATH.backup</c>. The rename
/// itself is not flushed: after a loss of power the state before may be back.
/// </remarks>
public sealed class StoreStateFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Action? _step;

    // The apply that saved last.
    private StoreStateRun? _run;

    private StoreStateFile(string path, FileStream lockStream, StoreState state, Action? step)
    {
        _path = path;
        _lock = lockStream;
        _step = step;
        State = state;
    }

    /// <summary>The state as it was read or last saved.</summary>
    public StoreState State { get; private set; }

    /// <summary>Opens a state, or begins one that knows no store, and locks it.</summary>
    /// <param name="path">The file's path. The folder must exist.</param>
    /// <param name="key">The key for secrets and files; null for the key in the file <c>PATH.key</c>, which is made when it does not exist.</param>
    /// <returns>The open file. Dispose it to give the lock back.</returns>
    /// <exception cref="IOException">Another process has the state open; the message says which.</exception>
    /// <exception cref="InvalidDataException">The file holds no state that can be read with the key, or the key's file is missing.</exception>
    public static StoreStateFile Open(string path, StoreStateKey? key = null) => Open(path, key, step: null);

    /// <summary>Opens a state, and calls back after each thing that it does to a file, where a test may kill the process.</summary>
    internal static StoreStateFile Open(string path, StoreStateKey? key, Action? step)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var lockStream = Lock(path);
        try
        {
            step?.Invoke();
            // A new key could not read it, and would stay.
            if (key is null && File.Exists(path) && !File.Exists(path + ".key"))
            {
                throw new InvalidDataException(
                    $"The key of the state '{path}' is missing: put '{path}.key' back, or remove the state and adopt the stores."
                );
            }

            key ??= StoreStateKey.FromFile(path + ".key", step);
            return new StoreStateFile(path, lockStream, Read(path, key), step);
        }
        catch
        {
            lockStream.Dispose();
            throw;
        }
    }

    /// <summary>Saves a state. One call at a time.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Stops before the state is replaced.</param>
    /// <returns>Completes when the state is in place.</returns>
    /// <exception cref="InvalidOperationException">
    /// The state is not one that follows the file's: it would lose what is known. Plan with <see cref="State"/>.
    /// </exception>
    /// <exception cref="IOException">The state can't be written. The one before is still in place.</exception>
    public async ValueTask SaveAsync(StoreState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(!_lock.CanWrite, this);
        // Two plans of one state may each know what the other did not do.
        if (state.Run is { } run && run != _run && run.Begin != State)
        {
            throw new InvalidOperationException(
                $"The plan was not made with what '{_path}' knows now, and its state would lose something: plan again with the file's State."
            );
        }

        var next = _path + ".new";
        var stream = new FileStream(next, ForOwner(FileMode.Create));
        await using (stream.ConfigureAwait(false))
        {
            _step?.Invoke();
            var writer = new StreamWriter(stream, leaveOpen: true);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(state.ToJson().AsMemory(), cancellationToken).ConfigureAwait(false);
                await writer.WriteLineAsync().ConfigureAwait(false);
            }

            _step?.Invoke();
            stream.Flush(flushToDisk: true);
        }

        _step?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(_path))
        {
            File.Replace(next, _path, _path + ".backup");
        }
        else
        {
            File.Move(next, _path);
        }

        _step?.Invoke();
        (State, _run) = (state, state.Run);
    }

    /// <summary>Gives the lock back. The state stays.</summary>
    public void Dispose() => _lock.Dispose();

    private static StoreState Read(string path, StoreStateKey key)
    {
        if (!File.Exists(path))
        {
            return new StoreState(key);
        }

        try
        {
            return StoreState.Parse(File.ReadAllText(path), key);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}': {e.Message}", e);
        }
    }

    private static FileStream Lock(string path)
    {
        var holder = path + ".holder";
        try
        {
            var options = ForOwner(FileMode.OpenOrCreate);
            options.Share = FileShare.None;
            var stream = new FileStream(path + ".lock", options);
            File.WriteAllText(
                holder,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss}Z"
                )
            );
            return stream;
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            var who = File.Exists(holder) ? File.ReadAllText(holder) : "another process";
            throw new IOException(
                $"The state '{path}' is in use: {who} has it open. Wait until that one ends, and try again.",
                e
            );
        }
    }

    private static FileStreamOptions ForOwner(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
