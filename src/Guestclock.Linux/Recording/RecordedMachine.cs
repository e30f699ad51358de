using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>
/// A recorded machine: gives the facts that were recorded, state and reason and all. What was never asked is not recorded;
/// only what a recorded file itself tells (that it stands there, or does not) is told too.
/// </summary>
public sealed class RecordedMachine(MachineRecord record) : IMachine
{
    private const string Never = "it was not recorded";

    public MachineRecord Record => record;

    /// <summary>As it was when it was recorded, so that probes conclude the same.</summary>
    public bool IsLive => record.IsLive;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        var fact = Recorded(record.Files, path);
        return fact.Is(b => b.Length > limitBytes)
            ? Fact.Unknown<byte[]>(FactState.Malformed, path, RegularFile.TooLarge(limitBytes))
            : fact;
    }

    public Fact<IReadOnlyList<string>> List(string path) => Recorded(record.Listings, path);

    public Fact<EntryKind> Find(string path, bool followLinks = true)
    {
        var found = followLinks ? record.Found : record.FoundLinks;
        if (found.TryGetValue(path, out var fact) || !followLinks)
            return fact ?? NotRecorded<EntryKind>(path);
        if (record.Files.TryGetValue(path, out var file) && file.State is FactState.Known or FactState.Missing)
            return file.IsKnown ? Fact.Known(EntryKind.File, path) : Fact.Missing<EntryKind>(path, file.Why!);
        return record.Listings.TryGetValue(path, out var names) && names.IsKnown
            ? Fact.Known(EntryKind.Directory, path)
            : NotRecorded<EntryKind>(path);
    }

    public Fact<string> ReadLink(string path) => Recorded(record.Links, path);

    public Fact<byte[]> Ask(Question question) => Recorded(record.Answers, question.Name);

    private static Fact<T> Recorded<T>(IReadOnlyDictionary<string, Fact<T>> facts, string name) =>
        facts.TryGetValue(name, out var fact) ? fact : NotRecorded<T>(name);

    private static Fact<T> NotRecorded<T>(string name) => Fact.Unknown<T>(FactState.NotRecorded, name, Never);
}
