namespace Guestclock.EndToEnd.Guests;

/// <summary>The folder that keeps what was downloaded, shared by all test runs of a user.</summary>
internal static class GuestCache
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    /// <summary><c>$GUESTCLOCK_TEST_CACHE</c>, else <c>guestclock-tests</c> in the user's cache folder.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(Locate()).FullName;

    /// <summary>A folder that is built once: by the first who asks, while others, in this process or another, wait for it.</summary>
    /// <param name="build">Fills the new, empty folder it is given; what it leaves behind when it throws is never used.</param>
    public static async Task<string> FolderAsync(string name, Func<string, Task> build, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Folder, name);
        if (Directory.Exists(folder))
            return folder;
        await using var held = await LockAsync(name, cancellationToken);
        if (Directory.Exists(folder))
            return folder;
        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        await build(unfinished);
        Directory.Move(unfinished, folder);
        return folder;
    }

    private static async Task<FileStream> LockAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, name + ".lock");
        for (var deadline = DateTime.UtcNow + LockLimit; ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                await Task.Delay(200, cancellationToken);
            }
            catch (IOException e)
            {
                throw new GuestUnavailableException($"{path} is still held by another test run after {LockLimit.TotalMinutes:0} min", e);
            }
        }
    }

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("GUESTCLOCK_TEST_CACHE") is { Length: > 0 } own)
            return own;
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is not { Length: > 0 } caches)
            caches = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "guestclock-tests");
    }
}
