namespace Guestclock.Lab.Packages;

/// <summary>The folder that keeps what was downloaded, shared by all labs and test runs of a user.</summary>
internal static class LabCache
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    // The largest tree with its packages while it is unpacked.
    private const long RoomBytes = 1L << 30;

    /// <summary><c>$GUESTCLOCK_CACHE</c> (or <c>$GUESTCLOCK_TEST_CACHE</c>), else <c>guestclock</c> in the user's cache folder.</summary>
    public static string Folder { get; } = Path.GetFullPath(Locate());

    /// <summary>A folder that is built once: by the first who asks, while others, in this process or another, wait for it.</summary>
    /// <param name="build">Fills the new, empty folder it is given; what it leaves behind when it throws is never used.</param>
    public static async Task<string> FolderAsync(string name, Func<string, Task> build, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Folder, name);
        if (Directory.Exists(folder))
            return folder;
        Create(Folder);
        await using var held = await LockAsync(name, cancellationToken);
        if (Directory.Exists(folder))
            return folder;
        RefuseWithoutRoom(name);
        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Create(unfinished);
        await build(unfinished);
        Directory.Move(unfinished, folder);
        return folder;
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"the cache folder {folder} cannot be made ({e.Message}): set GUESTCLOCK_CACHE to a folder that can be written", e);
        }
    }

    private static void RefuseWithoutRoom(string name)
    {
        var free = new DriveInfo(Folder).AvailableFreeSpace;
        if (free < RoomBytes)
            throw new LabException($"{Folder} has {free >> 20} MiB of room and {name} needs {RoomBytes >> 20}: make room, or set GUESTCLOCK_CACHE to a folder elsewhere");
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
                throw new LabException($"{path} is still held by another run after {LockLimit.TotalMinutes:0} min: wait for it or end it", e);
            }
        }
    }

    private static string Locate()
    {
        foreach (var variable in (string[])["GUESTCLOCK_CACHE", "GUESTCLOCK_TEST_CACHE"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } own)
                return own;
        }
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is not { Length: > 0 } caches)
            caches = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "guestclock");
    }
}
