using Guestclock.Facts;
using Guestclock.Linux.Recording;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>
/// Takes secrets out of what is read, before any probe sees it: so no fact, report or recording can hold them, and a recording gives
/// the same facts as the machine itself. Whoever changes a file must read it without this.
/// </summary>
public sealed class RedactingMachine(IMachine inner) : IMachine
{
    public bool IsLive => inner.IsLive;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        var fact = inner.Read(path, limitBytes);
        return fact.TryGet(out var bytes) ? fact with { Value = Redactor.File(path, bytes) } : fact;
    }

    public Fact<IReadOnlyList<string>> List(string path) => inner.List(path);

    public Fact<EntryKind> Find(string path, bool followLinks = true) => inner.Find(path, followLinks);

    public Fact<string> ReadLink(string path) => inner.ReadLink(path);

    public Fact<byte[]> Ask(Question question)
    {
        var fact = inner.Ask(question);
        return fact.TryGet(out var bytes) ? fact with { Value = Redactor.Answer(question.Name, bytes) } : fact;
    }
}
