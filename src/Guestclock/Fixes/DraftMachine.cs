using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Fixes;

/// <summary>A draft as a machine, so that an edited configuration is read by the same reader as the one that was judged. It answers no questions.</summary>
public sealed class DraftMachine(Draft draft) : IMachine
{
    public bool IsLive => false;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        try
        {
            return draft.Read(path) is not { } bytes ? None<byte[]>(path)
                : bytes.Length > limitBytes ? Fact.Unknown<byte[]>(FactState.Malformed, path, $"larger than {limitBytes} bytes")
                : Fact.Known(bytes, path);
        }
        catch (FixRefusedException e)
        {
            return Fact.Unknown<byte[]>(FactState.Failed, path, e.Message);
        }
    }

    public Fact<IReadOnlyList<string>> List(string path)
    {
        var names = draft.List(path);
        return names.Count > 0 || draft.IsDirectory(path) ? Fact.Known(names, path) : None<IReadOnlyList<string>>(path);
    }

    public Fact<EntryKind> Find(string path, bool followLinks = true)
    {
        if (!followLinks && draft.Link(path) is not null)
            return Fact.Known(EntryKind.Link, path);
        if (draft.IsDirectory(path) || draft.List(path).Count > 0)
            return Fact.Known(EntryKind.Directory, path);
        return draft.Exists(draft.Resolve(path)) ? Fact.Known(EntryKind.File, path) : None<EntryKind>(path);
    }

    public Fact<string> ReadLink(string path) => draft.Link(path) is { } text ? Fact.Known(text, path) : None<string>(path);

    public Fact<byte[]> Ask(Question question) => Fact.Unknown<byte[]>(FactState.NotRecorded, question.Name, "a draft of files answers no questions");

    private static Fact<T> None<T>(string path) => Fact.Unknown<T>(FactState.Missing, path, "no such file or directory");
}
