using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Fixes;

/// <summary>A machine as it will be when the draft's files are in their places: what repairs make wrong elsewhere is seen before anything is done.</summary>
public sealed class RepairedMachine(IMachine machine, Draft draft) : IMachine
{
    private readonly DraftMachine _drafted = new(draft);

    public bool IsLive => machine.IsLive;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) => Of(path).Read(path, limitBytes);

    public Fact<IReadOnlyList<string>> List(string path) => Of(path).List(path);

    public Fact<EntryKind> Find(string path, bool followLinks = true) => Of(path).Find(path, followLinks);

    public Fact<string> ReadLink(string path) => Of(path).ReadLink(path);

    public Fact<byte[]> Ask(Question question) => machine.Ask(question);

    private IMachine Of(string path) => draft.Touches(path) ? _drafted : machine;
}
