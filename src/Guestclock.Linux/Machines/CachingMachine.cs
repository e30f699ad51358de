using System.Collections.Concurrent;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>
/// Reads each path and asks each question once, so that all probes see one state of the machine. Safe for several threads;
/// who waits for another's reading waits no longer than a second, so that one hanging file does not stop every probe.
/// </summary>
public sealed class CachingMachine(IMachine inner, TimeSpan? patience = null) : IMachine
{
    private readonly ConcurrentDictionary<string, Once<byte[]>> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Once<IReadOnlyList<string>>> _listings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Path, bool Follow), Once<EntryKind>> _found = new();
    private readonly ConcurrentDictionary<string, Once<string>> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Once<byte[]>> _answers = new(StringComparer.Ordinal);
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(1);

    public bool IsLive => inner.IsLive;

    public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes)
    {
        var fact = _files.GetOrAdd(path, _ => new()).Get(limitBytes, limit => inner.Read(path, limit), path, _patience);
        return fact.Is(b => b.Length > limitBytes)
            ? Fact.Unknown<byte[]>(FactState.Malformed, path, RegularFile.TooLarge(limitBytes), fact.TookNs)
            : fact;
    }

    public Fact<IReadOnlyList<string>> List(string path) =>
        _listings.GetOrAdd(path, _ => new()).Get(0, _ => inner.List(path), path, _patience);

    public Fact<EntryKind> Find(string path, bool followLinks = true) =>
        _found.GetOrAdd((path, followLinks), _ => new()).Get(0, _ => inner.Find(path, followLinks), path, _patience);

    public Fact<string> ReadLink(string path) =>
        _links.GetOrAdd(path, _ => new()).Get(0, _ => inner.ReadLink(path), path, _patience);

    public Fact<byte[]> Ask(Question question) =>
        _answers.GetOrAdd(question.Name, _ => new()).Get(0, _ => inner.Ask(question), question.Name, _patience);

    /// <summary>One reading, done by the first who wants it. A malformed one is done again for a higher limit, which may have been the
    /// reason.</summary>
    private sealed class Once<T>
    {
        private readonly Lock _gate = new();
        private volatile bool _slow;
        private Fact<T>? _fact;
        private int _limit;

        public Fact<T> Get(int limit, Func<int, Fact<T>> read, string source, TimeSpan patience)
        {
            if (!_gate.TryEnter(_slow ? TimeSpan.Zero : patience))
            {
                _slow = true;
                return Fact.Unknown<T>(FactState.TimedOut, source, "reading it did not come to an end");
            }

            try
            {
                if (_fact is null || (_fact.State == FactState.Malformed && limit > _limit))
                    (_fact, _limit) = (read(limit), limit);
                _slow = false;
                return _fact;
            }
            finally
            {
                _gate.Exit();
            }
        }
    }
}
