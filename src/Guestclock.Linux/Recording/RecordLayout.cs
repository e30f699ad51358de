using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>
/// Where the contents of a record lie: a file at its own path, an answer below <see cref="AnswersFolder"/>; what cannot lie there
/// (a path with <c>..</c>, a name that is a folder too) below <see cref="MovedFolder"/>, which record.json tells.
/// </summary>
internal sealed class RecordLayout
{
    public const string JsonFile = ".guestclock/record.json";
    public const string ReportFile = ".guestclock/report.json";
    public const string AnswersFolder = ".guestclock/answers/";
    public const string MovedFolder = ".guestclock/moved/";

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private int _moved;

    public RecordLayout(MachineRecord record)
    {
        // record.json itself comes last, but its place and its folders are taken.
        Take(JsonFile, []);
        if (record.Report is not null)
            Take(ReportFile, Encoding.UTF8.GetBytes(record.Report));
        foreach (var (path, fact) in record.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
            Place(path, IsOurs(path) ? "" : path[1..], fact, FilePlaces);
        foreach (var (name, fact) in record.Answers.OrderBy(f => f.Key, StringComparer.Ordinal))
            Place(name, AnswersFolder + name, fact, AnswerPlaces);
        _contents[JsonFile] = RecordJsonWriter.Write(record, this);
    }

    /// <summary>The place of each known file that does not lie at its own path.</summary>
    public SortedDictionary<string, string> FilePlaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The place of each known answer that does not lie at its own name.</summary>
    public SortedDictionary<string, string> AnswerPlaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Every file of the recording by its relative path.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents => _contents;

    /// <summary>A file of a machine that is itself below a recording's own folder.</summary>
    private static bool IsOurs(string path) => path.StartsWith("/.guestclock", StringComparison.Ordinal);

    private void Place(string name, string wanted, Fact<byte[]> fact, SortedDictionary<string, string> places)
    {
        if (!fact.TryGet(out var bytes) || (PathText.IsPlain(wanted) && Take(wanted, bytes)))
            return;
        var place = $"{MovedFolder}{++_moved}";
        Take(place, bytes);
        places[name] = place;
    }

    private bool Take(string place, byte[] bytes)
    {
        if (_folders.Contains(place) || _contents.ContainsKey(place))
            return false;
        var folders = new List<string>();
        for (var at = place.IndexOf('/', StringComparison.Ordinal); at >= 0; at = place.IndexOf('/', at + 1))
        {
            if (_contents.ContainsKey(place[..at]))
                return false;
            folders.Add(place[..at]);
        }

        _folders.UnionWith(folders);
        _contents.Add(place, bytes);
        return true;
    }
}
