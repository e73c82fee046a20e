namespace DeltaStream.Sdk.Tests.Planning;

/// <summary>A state in a file: whole at any moment, for one process at a time, for its owner only.</summary>
public sealed class StoreStateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltastream-state-").FullName;

    private string State => Path.Combine(_folder, "stores.state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_saved_state_is_read_again_and_the_one_before_is_kept()
    {
        string first;
        using (var file = StoreStateFile.Open(State))
        {
            Assert.Empty(file.State.Stores);
            await file.SaveAsync(file.State.With("a", Snapshot()));
            first = file.State.ToJson();
            await file.SaveAsync(file.State.With("b", Snapshot()));
        }

        using var again = StoreStateFile.Open(State);

        Assert.Equal(["a", "b"], again.State.Stores.Keys);
        Assert.Equal(first, (await File.ReadAllTextAsync(State + ".backup")).TrimEnd());
        Assert.False(File.Exists(State + ".new"));
    }

    [Fact]
    public void A_second_process_is_refused_and_told_who_holds_the_state()
    {
        using var file = StoreStateFile.Open(State);

        var exception = Assert.Throws<IOException>(() => StoreStateFile.Open(State));

        Assert.Contains($"process {Environment.ProcessId} on ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Wait until that one ends", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_whose_key_is_missing_is_refused_and_gets_no_new_key()
    {
        using (var file = StoreStateFile.Open(State))
        {
            await file.SaveAsync(file.State.With("a", Snapshot()));
        }

        File.Move(State + ".key", State + ".elsewhere");

        var exception = Assert.Throws<InvalidDataException>(() => StoreStateFile.Open(State));
        Assert.Contains($"put '{State}.key' back", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(State + ".key"));

        File.Move(State + ".elsewhere", State + ".key");
        using var again = StoreStateFile.Open(State);
        Assert.Equal(["a"], again.State.Stores.Keys);
    }

    [Fact]
    public void The_lock_is_given_back()
    {
        StoreStateFile.Open(State).Dispose();

        using var again = StoreStateFile.Open(State);

        Assert.Empty(again.State.Stores);
    }

    [Fact]
    public async Task A_save_that_broke_off_leaves_the_state_before()
    {
        using (var file = StoreStateFile.Open(State))
        {
            await file.SaveAsync(file.State.With("a", Snapshot()));
        }

        await File.WriteAllTextAsync(State + ".new", "{ \"version\": 1, \"keyId\"");
        using var again = StoreStateFile.Open(State);
        await again.SaveAsync(again.State.With("b", Snapshot()));

        Assert.Equal(["a", "b"], again.State.Stores.Keys);
    }

    [Fact]
    public async Task An_end_at_any_step_leaves_a_state_that_opens()
    {
        var steps = 0;
        for (var last = 1; last == steps + 1; last++)
        {
            var path = FormattableString.Invariant($"{State}.{last}");
            steps = 0;
            await Record.ExceptionAsync(() => SaveAsync(path, last));

            using var again = StoreStateFile.Open(path);
            await again.SaveAsync(again.State.With("b", Snapshot()));
            Assert.Equal("b", again.State.Stores.Keys.Last());
        }

        // The lock, three of the key, and four of each save.
        Assert.Equal(8, steps);

        async Task SaveAsync(string path, int last)
        {
            using var file = StoreStateFile.Open(path, key: null, Step);
            await file.SaveAsync(file.State.With("a", Snapshot()));

            void Step()
            {
                if (++steps == last)
                {
                    throw new InvalidOperationException("the process ended");
                }
            }
        }
    }

    [Fact]
    public async Task A_broken_state_is_refused_with_its_path_and_the_lock_is_given_back()
    {
        await File.WriteAllTextAsync(State, "{ broken");

        for (var i = 0; i < 2; i++)
        {
            var exception = Assert.Throws<InvalidDataException>(() => StoreStateFile.Open(State));
            Assert.Contains(State, exception.Message, StringComparison.Ordinal);
            Assert.Contains("Take the backup", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var file = StoreStateFile.Open(State))
        {
            await file.SaveAsync(file.State.With("a", Snapshot()));
        }

        foreach (var path in new[] { State, State + ".key" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        File.SetUnixFileMode(State + ".key", UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var exception = Assert.Throws<InvalidDataException>(() => StoreStateFile.Open(State));
        Assert.Contains($"chmod 600 '{State}.key'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_saved_after_the_file_was_closed()
    {
        var file = StoreStateFile.Open(State);
        file.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => file.SaveAsync(new StoreState()).AsTask());
    }

    private static StoreSnapshot Snapshot() => new() { Subtype = "kafka" };
}
