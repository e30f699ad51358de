using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Gathering;

/// <summary>
/// The machine as one probe sees it: only so much may be read, so that a tree of many large files cannot fill the memory, and once the
/// probe was given up its next reading ends it, so that it does not run on beside the others.
/// </summary>
internal sealed class ProbeMachine(IMachine inner) : IMachine
{
    /// <summary>Bytes of files and answers for one probe; a host of a thousand domains needs 10 MiB.</summary>
    public const int BudgetBytes = 24 << 20;

    private volatile bool _givenUp;
    private long _read;

    public bool IsLive => inner.IsLive;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) => Spend(path, () => inner.Read(path, limitBytes));

    public Fact<IReadOnlyList<string>> List(string path) => Go().List(path);

    public Fact<EntryKind> Find(string path, bool followLinks = true) => Go().Find(path, followLinks);

    public Fact<string> ReadLink(string path) => Go().ReadLink(path);

    public Fact<byte[]> Ask(Question question) => Spend(question.Name, () => inner.Ask(question));

    public void GiveUp() => _givenUp = true;

    private IMachine Go() => _givenUp ? throw new OperationCanceledException() : inner;

    private Fact<byte[]> Spend(string source, Func<Fact<byte[]>> read)
    {
        Go();
        if (_read > BudgetBytes)
            return Fact.Unknown<byte[]>(FactState.Malformed, source, $"not read: there were more than {BudgetBytes} bytes before it");
        var fact = read();
        _read += fact.TryGet(out var bytes) ? bytes.Length : 0;
        return fact;
    }
}
