using Guestclock.Facts;
using Guestclock.Formats.TimeServices;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>
/// ntp.conf with its includefile lines (ntpd allows 5 levels, MAXINCLUDELEVEL of ntp_scanner.h; NTPsec also takes a directory, of which
/// it reads <c>*.conf</c>), and OpenNTPD's ntpd.conf, which includes nothing.
/// </summary>
internal sealed class NtpConfReader
{
    private const int MostLevels = 5;
    private const int MostFiles = 100;

    private readonly IMachine _machine;
    private readonly List<ConfigDirective> _directives = [];
    private readonly List<string> _problems = [];
    private int _files;

    private NtpConfReader(IMachine machine) => _machine = machine;

    public static Fact<NtpConfiguration> Read(IMachine machine, TimeServiceKind kind, string file) => machine.ReadText(file).Then(text =>
    {
        var reader = new NtpConfReader(machine);
        reader.Lines(file, text, 0);
        return new NtpConfiguration(kind, file, reader._directives, reader._problems);
    });

    private void Lines(string file, string text, int level)
    {
        foreach (var line in NtpConf.Parse(text))
        {
            var where = $"{file}:{line.Number}";
            if (line.Name != "includefile" || line.Words.Count == 0)
                _directives.Add(new(line.Name, WithoutSecrets(line), where));
            else if (level >= MostLevels)
                _problems.Add($"{where}: more than {MostLevels} levels of included files");
            else
                Include(where, Absolute(line.Words[0], file), level + 1);
        }
    }

    private void Include(string where, string path, int level)
    {
        if (_machine.Find(path).Is(k => k == EntryKind.Directory))
        {
            foreach (var name in _machine.List(path).Or([]).Where(n => n.EndsWith(".conf", StringComparison.Ordinal)))
                File(where, $"{path.TrimEnd('/')}/{name}", level);
            return;
        }

        File(where, path, level);
    }

    private void File(string where, string path, int level)
    {
        if (++_files > MostFiles)
            return;
        var text = _machine.ReadText(path);
        if (text.TryGet(out var t))
            Lines(path, t, level);
        else
            _problems.Add($"{where}: {path} could not be read: {text.Why}");
    }

    /// <summary><c>crypto pw PASSWORD</c> is the one directive that holds a secret itself.</summary>
    private static IReadOnlyList<string> WithoutSecrets(ConfigLine line) =>
        line.Name is "crypto" ? [.. line.Words.Select((w, i) => i > 0 && line.Words[i - 1] == "pw" ? "***" : w)] : line.Words;

    private static string Absolute(string path, string file) => path.StartsWith('/') ? path : file[..(file.LastIndexOf('/') + 1)] + path;
}
