using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Live;

/// <summary>A machine that has one transport and no files.</summary>
internal sealed class TransportMachine(IAnswerer answerer) : IMachine
{
    public bool IsLive => true;

    public Fact<byte[]> Ask(Question question) =>
        answerer.Answers(question.Name) ? answerer.Answer(question) : Fact.Missing<byte[]>(question.Name, "no such question");

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) => Fact.Missing<byte[]>(path, "no files");

    public Fact<IReadOnlyList<string>> List(string path) => Fact.Missing<IReadOnlyList<string>>(path, "no files");

    public Fact<EntryKind> Find(string path, bool followLinks = true) => Fact.Missing<EntryKind>(path, "no files");

    public Fact<string> ReadLink(string path) => Fact.Missing<string>(path, "no files");
}
