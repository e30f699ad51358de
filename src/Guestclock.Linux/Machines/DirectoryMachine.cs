using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>
/// A machine that stands still in a directory: an unpacked image, a chroot, a tree made by hand. Nothing of the running machine is read,
/// not even where its /proc is mounted below the root. Answers may stand in <c>.guestclock/answers/NAME</c>, as in a recording.
/// </summary>
public sealed class DirectoryMachine : IMachine, IDisposable
{
    /// <summary>Where answers stand below the root.</summary>
    public const string Answers = "/.guestclock/answers/";

    private readonly int _root;
    private readonly ulong _device;

    /// <exception cref="MachineOpenException">The directory cannot be opened.</exception>
    public DirectoryMachine(string directory)
    {
        var errno = FileStatus.Get(LibC.WorkingDirectory, directory, followLinks: true, out var status);
        if (errno == 0)
        {
            _root = LibC.OpenAt(LibC.WorkingDirectory, directory, OpenFlags.List);
            errno = _root < 0 ? Errno.Last : 0;
        }

        if (errno != 0)
            throw MachineOpenException.Because(directory, errno);
        _device = status.Device;
    }

    public bool IsLive => false;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) =>
        At(path, true, w => w.Status.Kind == EntryKind.Directory
            ? Fact.Unknown<byte[]>(FactState.Malformed, path, "a directory, not a regular file")
            : RegularFile.Read(w.Directory, w.Name, limitBytes, path, followLinks: false));

    public Fact<IReadOnlyList<string>> List(string path) =>
        At(path, true, w => w.Status.Kind != EntryKind.Directory
            ? Fact.Unknown<IReadOnlyList<string>>(FactState.Malformed, path, $"{FileStatus.Describe(w.Status.Kind)}, not a directory")
            : w.InRunningState ? NotEmpty(DirectoryNames.List(w.Directory, ".", path)) : DirectoryNames.List(w.Directory, ".", path));

    public Fact<EntryKind> Find(string path, bool followLinks = true) => At(path, followLinks, w => Fact.Known(w.Status.Kind, path));

    public Fact<string> ReadLink(string path) =>
        At(path, false, w => w.Status.Kind != EntryKind.Link
            ? Fact.Unknown<string>(FactState.Malformed, path, "not a symbolic link")
            : DirectoryNames.ReadLink(w.Directory, w.Name, path));

    public Fact<byte[]> Ask(Question question)
    {
        var answer = Read(Answers + question.Name, MachineLimits.LogBytes);
        return answer.State is FactState.Missing or FactState.NotRecorded
            ? Fact.Unknown<byte[]>(FactState.NotRecorded, question.Name, "an image answers no questions")
            : answer with { Source = question.Name };
    }

    public void Dispose() => _ = LibC.Close(_root);

    private Fact<T> At<T>(string path, bool followLast, Func<RootWalk, Fact<T>> then)
    {
        if (PathText.Refuse<T>(path) is { } refused)
            return refused;
        var start = Stopwatch.GetTimestamp();
        using var walk = new RootWalk(_root, _device);
        var errno = walk.To(path, followLast);
        var fact = errno == 0 ? then(walk) : Errno.ToFact<T>(errno, "walk", path, path);
        if (walk.InMount)
            fact = Fact.Unknown<T>(FactState.NotRecorded, path, "it is a mount of the running machine, not part of the image");
        else if (fact.State == FactState.Missing && (walk.InRunningState || path.StartsWith("/var/run/", StringComparison.Ordinal)))
            fact = NoRunningState<T>(path);
        return fact with { TookNs = Elapsed.NsSince(start) };
    }

    /// <summary>An empty /sys or /dev of an image is a mount point that nothing is mounted on; it does not say that there is
    /// nothing.</summary>
    private static Fact<IReadOnlyList<string>> NotEmpty(Fact<IReadOnlyList<string>> names) =>
        names.Is(n => n.Count == 0) ? NoRunningState<IReadOnlyList<string>>(names.Source) : names;

    private static Fact<T> NoRunningState<T>(string path) =>
        Fact.Unknown<T>(FactState.NotRecorded, path, "an image holds no running kernel state");
}
