using System.Collections.Concurrent;
using Guestclock.Facts;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>
/// Remembers everything that is read of a machine, with secrets left out, so that it can be replayed. What it returns is what the replay
/// returns. Safe for several threads.
/// </summary>
public sealed class RecordingMachine(IMachine inner) : IMachine
{
    private readonly RedactingMachine _inner = new(inner);
    private readonly ConcurrentDictionary<string, Fact<byte[]>> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fact<IReadOnlyList<string>>> _listings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fact<string>> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fact<EntryKind>> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fact<EntryKind>> _foundLinks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fact<byte[]>> _answers = new(StringComparer.Ordinal);

    public bool IsLive => _inner.IsLive;

    /// <summary>A file that was read in whole counts, whatever a reading with a lower limit said.</summary>
    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        var fact = _inner.Read(path, limitBytes);
        _files.AddOrUpdate(path, fact, (_, old) => old.IsKnown ? old : fact);
        return fact;
    }

    public Fact<IReadOnlyList<string>> List(string path) => _listings[path] = _inner.List(path);

    public Fact<EntryKind> Find(string path, bool followLinks = true) =>
        (followLinks ? _found : _foundLinks)[path] = _inner.Find(path, followLinks);

    public Fact<string> ReadLink(string path) => _links[path] = _inner.ReadLink(path);

    public Fact<byte[]> Ask(Question question) => _answers[question.Name] = _inner.Ask(question);

    /// <summary>What was read up to now.</summary>
    public MachineRecord ToRecord(string toolVersion, DateTimeOffset takenAt, string hostname) => new()
    {
        ToolVersion = toolVersion,
        IsLive = IsLive,
        TakenAt = takenAt,
        Hostname = hostname,
        Files = new Dictionary<string, Fact<byte[]>>(_files, StringComparer.Ordinal),
        Listings = new Dictionary<string, Fact<IReadOnlyList<string>>>(_listings, StringComparer.Ordinal),
        Links = new Dictionary<string, Fact<string>>(_links, StringComparer.Ordinal),
        Found = new Dictionary<string, Fact<EntryKind>>(_found, StringComparer.Ordinal),
        FoundLinks = new Dictionary<string, Fact<EntryKind>>(_foundLinks, StringComparer.Ordinal),
        Answers = new Dictionary<string, Fact<byte[]>>(_answers, StringComparer.Ordinal),
    };
}
