using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>Starting a program without a shell, and waiting for it.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Room for a posix_spawnattr_t or a posix_spawn_file_actions_t of glibc and musl: 336 and 80 bytes at most.</summary>
    public const int SpawnRoom = 1024;

    /// <returns>0 or the errno; so do all of posix_spawn.</returns>
    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int process, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitSpawn(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroySpawn(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetSpawnFlags(byte* attributes, short flags);

    /// <param name="signals">A sigset_t: 128 bytes.</param>
    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetSpawnDefaultSignals(byte* attributes, byte* signals);

    /// <param name="signals">A sigset_t: 128 bytes.</param>
    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSpawnSignalMask(byte* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitSpawnActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroySpawnActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddSpawnOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddSpawnDuplicate(byte* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int MakePipe(int* descriptors, int flags);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitFor(int process, out int status, int options);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);
}
