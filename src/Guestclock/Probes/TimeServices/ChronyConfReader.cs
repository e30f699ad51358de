using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.TimeServices;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>
/// chrony's configuration in the order in which chronyd reads it: includes and drop-in directories where they stand, the files of
/// source directories at the end (CNF_ReadFile, parse_include, search_dirs and CNF_AddSources of chrony's conf.c).
/// </summary>
internal sealed class ChronyConfReader
{
    /// <summary>MAX_INCLUDE_LEVEL and MAX_CONF_DIRS of conf.c.</summary>
    private const int MostLevels = 10;
    private const int MostFolders = 10;
    private const int MostFiles = 500;

    /// <summary>Of all files together; a line is some 40 characters.</summary>
    private const int MostCharacters = 4 << 20;
    private const int MostProblems = 100;

    private readonly IMachine _machine;
    private readonly List<ConfigDirective> _directives = [];
    private readonly List<string> _problems = [];
    private string? _refusal;
    private int _files;
    private int _characters;

    private ChronyConfReader(IMachine machine) => _machine = machine;

    public static Fact<ChronyConfiguration> Read(IMachine machine, string file)
    {
        var text = machine.ReadText(file);
        return text.Then(t =>
        {
            var reader = new ChronyConfReader(machine);
            reader.Lines(file, t, 1);
            return reader.Whole(file);
        });
    }

    /// <summary>Directives on chronyd's command line, which replace the configuration file.</summary>
    public static ChronyConfiguration FromCommandLine(IMachine machine, IReadOnlyList<string> directives, string source)
    {
        var reader = new ChronyConfReader(machine);
        for (var i = 0; i < directives.Count; i++)
        {
            if (ChronyConf.Read(i + 1, directives[i]) is { } line)
                reader.Directive(source, line, 1);
        }

        return reader.Whole(source);
    }

    private ChronyConfiguration Whole(string file)
    {
        foreach (var folders in _directives.Where(d => Is(d.Name, "sourcedir")).ToList())
            Sources(folders);
        return new(file, _directives, _problems) { Refusal = _refusal };
    }

    private void Lines(string file, string text, int level)
    {
        _characters += text.Length;
        var parsed = ChronyConf.Parse(text);
        if (parsed.Refusal is not null)
            Refuse($"{file}: {parsed.Refusal}");
        foreach (var line in parsed.Lines)
            Directive(file, line, level);
    }

    /// <summary>A hostile configuration includes itself many times over, each time with as many problems.</summary>
    private void Problem(string problem)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(problem);
    }

    private void Directive(string file, ConfigLine line, int level)
    {
        var where = $"{file}:{line.Number}";
        if (Is(line.Name, "include"))
            Include(where, line, level);
        else if (Is(line.Name, "confdir"))
            Folder(where, line, level);
        else
            _directives.Add(new(line.Name, line.Words, where));
    }

    private void Include(string where, ConfigLine line, int level)
    {
        if (line.Words.Count != 1)
        {
            Refuse($"{where}: include takes one path");
            return;
        }

        var path = Absolute(line.Words[0]);
        if (!GlobPattern.IsPattern(path))
        {
            File(where, path, level);
            return;
        }

        if (TooMuch())
            return;
        var paths = PathGlob.Expand(_machine, path);
        if (paths.State == FactState.Missing)
            Refuse($"{where}: the directory of {path} does not exist");
        else if (!paths.IsKnown)
            Problem($"{where}: {path} could not be searched: {paths.Why}");
        foreach (var match in paths.Or([]))
            File(where, match, level);
    }

    private void Folder(string where, ConfigLine line, int level)
    {
        if (line.Words.Count is 0 or > MostFolders)
        {
            Refuse($"{where}: confdir takes 1 to {MostFolders} directories");
            return;
        }

        if (TooMuch())
            return;
        foreach (var path in FilesOf(line.Words, ".conf", where))
            File(where, path, level);
    }

    private void Sources(ConfigDirective folders)
    {
        if (folders.Words.Count is 0 or > MostFolders || TooMuch())
            return;
        foreach (var path in FilesOf(folders.Words, ".sources", folders.Source))
        {
            var lines = TooMuch() ? default : _machine.ReadText(path).Then(ChronyConf.ParseSources);
            if (lines is { IsKnown: false })
                Problem($"{folders.Source}: {path} could not be read: {lines.Why}");
            foreach (var line in lines?.Or([]) ?? [])
                _directives.Add(new(line.Name, line.Words, $"{path}:{line.Number}"));
        }
    }

    /// <summary>All files with that ending, sorted by name alone; of several with one name, that in the first directory of the
    /// list.</summary>
    private IEnumerable<string> FilesOf(IReadOnlyList<string> folders, string ending, string where)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var at = Absolute(folder).TrimEnd('/');
            var names = _machine.List(at);
            if (names.State is not (FactState.Known or FactState.Missing or FactState.NotRecorded))
                Problem($"{where}: {at} could not be listed: {names.Why}");
            foreach (var name in names.Or([]))
            {
                if (name.EndsWith(ending, StringComparison.Ordinal) && !name.StartsWith('.'))
                    byName.TryAdd(name, $"{at}/{name}");
            }
        }

        return byName.Values;
    }

    private void File(string where, string path, int level)
    {
        if (level >= MostLevels)
        {
            Refuse($"{where}: more than {MostLevels} levels of included files");
            return;
        }

        if (TooMuch())
            return;
        if (_machine.Find(path).Is(k => k == EntryKind.Directory))
            return;
        var text = _machine.ReadText(path);
        if (text.TryGet(out var t))
            Lines(path, t, level + 1);
        else if (text.State == FactState.Missing)
            Refuse($"{where}: {path} does not exist");
        else
            Problem($"{where}: {path} could not be read: {text.Why}");
    }

    /// <summary>Counts one file, or one directory or pattern that is searched.</summary>
    private bool TooMuch()
    {
        if (++_files == MostFiles || (_files < MostFiles && _characters > MostCharacters))
        {
            _files = MostFiles;
            _problems.Add($"more than {MostFiles} files or {MostCharacters} characters are included; the rest was not read");
        }

        return _files >= MostFiles;
    }

    private void Refuse(string why)
    {
        Problem(why);
        _refusal ??= why;
    }

    /// <summary>chronyd changes to the root directory before it reads its configuration.</summary>
    private static string Absolute(string path) => path.StartsWith('/') ? path : "/" + path;

    private static bool Is(string name, string directive) => string.Equals(name, directive, StringComparison.OrdinalIgnoreCase);
}
