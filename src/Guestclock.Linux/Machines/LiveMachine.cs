using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Libvirt;
using Guestclock.Linux.Live;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>The running machine: files from its root, questions by the first answerer that takes them.</summary>
public sealed class LiveMachine(IReadOnlyList<IAnswerer> answerers) : IMachine
{
    public LiveMachine()
        : this(Answerers())
    {
    }

    public bool IsLive => true;

    /// <summary>All answerers of this program; one line each.</summary>
    public static IReadOnlyList<IAnswerer> Answerers() =>
    [
        new Uname(),
        new User(),
        new Adjtimex(),
        new Clocks(),
        new Cpuid(),
        new KernelLogDevice(),
        new Processes(),
        new RtcTime(),
        new KvmDevice(),
        new LibvirtLibrary(),
        new LibvirtDefinitionAnswers(),
        new ChronyTransport(),
        new NtpTransport(),
        new PtpDevice(),
        new VmClockReader(),
    ];

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) =>
        PathText.Refuse<byte[]>(path) ?? RegularFile.Read(LibC.WorkingDirectory, path, limitBytes, path);

    public Fact<IReadOnlyList<string>> List(string path) =>
        PathText.Refuse<IReadOnlyList<string>>(path) ?? DirectoryNames.List(LibC.WorkingDirectory, path, path);

    public Fact<EntryKind> Find(string path, bool followLinks = true)
    {
        if (PathText.Refuse<EntryKind>(path) is { } refused)
            return refused;
        var start = Stopwatch.GetTimestamp();
        var errno = FileStatus.Get(LibC.WorkingDirectory, path, followLinks, out var status);
        return errno == 0 ? Fact.Known(status.Kind, path, Elapsed.NsSince(start))
            : Errno.ToFact<EntryKind>(errno, "stat", path, path, Elapsed.NsSince(start));
    }

    public Fact<string> ReadLink(string path) =>
        PathText.Refuse<string>(path) ?? DirectoryNames.ReadLink(LibC.WorkingDirectory, path, path);

    public Fact<byte[]> Ask(Question question)
    {
        foreach (var answerer in answerers)
        {
            if (!answerer.Answers(question.Name))
                continue;
            var start = Stopwatch.GetTimestamp();
            var answer = answerer.Answer(question);
            return answer.TookNs == 0 ? answer with { TookNs = Elapsed.NsSince(start) } : answer;
        }

        return Fact.Unknown<byte[]>(FactState.Unsupported, question.Name, "this program has no way to ask it");
    }
}
