using System.Text;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>One run at a time: flock(2) on <c>lock</c>, which holds the id of the run. The kernel lets it go when the process ends.</summary>
internal sealed class RunLock : IDisposable
{
    private const string Name = "lock";
    private const uint Private = 0x180;

    // LOCK_EX with LOCK_NB, and LOCK_UN, of sys/file.h.
    private const int ExclusiveNow = 6;
    private const int Unlock = 8;
    private const int MostBytes = 64;
    private readonly int _descriptor;

    private RunLock(int descriptor) => _descriptor = descriptor;

    /// <exception cref="FixEngineException">Another run has it.</exception>
    public static RunLock Take(Folder fixes, ChangeCalls calls)
    {
        var descriptor = Open(fixes, Name, calls);
        if (TryLock(descriptor))
            return new(descriptor);
        _ = LibC.Close(descriptor);
        throw Busy(fixes);
    }

    /// <summary>A file to be locked, made where it is missing.</summary>
    /// <exception cref="FixEngineException">It cannot be made, or is no regular file.</exception>
    public static int Open(Folder folder, string name, ChangeCalls calls) =>
        FileStatus.Get(folder.Descriptor, name, followLinks: false, out var status) == 0 && status.Kind != EntryKind.File
            ? throw new FixEngineException($"{folder.At(name)} is {FileStatus.Describe(status.Kind)}, not a regular file")
            : calls.CreateLock(folder, name, Private);

    /// <summary>Whether a descriptor's file is locked by us now; false: by others.</summary>
    public static bool TryLock(int descriptor) => LibC.Lock(descriptor, ExclusiveNow) == 0;

    /// <summary>Writes down whose it is.</summary>
    public void Holds(string id, ChangeCalls calls)
    {
        calls.Truncate(_descriptor, Name);
        calls.Write(_descriptor, Encoding.ASCII.GetBytes(id + "\n"), Name);
    }

    /// <summary>Lets it go at once, whoever else has the descriptor too: a program that it was given to, or a process that is just being made.</summary>
    public static void Release(int descriptor)
    {
        _ = LibC.Lock(descriptor, Unlock);
        _ = LibC.Close(descriptor);
    }

    public void Dispose() => Release(_descriptor);

    private static FixEngineException Busy(Folder fixes)
    {
        var text = Encoding.UTF8.GetString(RegularFile.Read(fixes.Descriptor, Name, MostBytes, Name, followLinks: false).Or([])).Trim();
        return new(text.Length == 0 ? "another run is beginning: wait until it has ended" : $"run {text} is under way: wait until it has ended");
    }
}
