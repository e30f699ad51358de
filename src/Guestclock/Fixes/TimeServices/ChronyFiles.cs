using System.Globalization;
using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;
using Guestclock.Probes.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>
/// chrony's configuration while repairs change it. Each change is read again by the reader that was judged by, before it counts: exactly the
/// directive that was meant may be another one afterwards.
/// </summary>
internal sealed class ChronyFiles
{
    /// <summary>Every change reads all files again.</summary>
    private const int MostChanges = 20;

    private readonly FixContext _context;
    private readonly ChronyDropIn? _dropIn;
    private readonly string _file;
    private readonly int _stepsBefore;

    private ChronyFiles(FixContext context, string file, ChronyConfiguration conf) =>
        (_context, _file, Conf, _dropIn, _stepsBefore) = (context, file, conf, ChronyDropIn.Find(context.Files, file), context.Steps.Count);

    /// <summary>As chronyd would read it after the changes so far.</summary>
    public ChronyConfiguration Conf { get; private set; }

    /// <exception cref="FixRefusedException">It cannot be read, stands in no file, or chronyd would refuse it as it is.</exception>
    public static ChronyFiles Open(FixContext context)
    {
        var known = context.Facts.Services.ChronyConf;
        if (!known.TryGet(out var judged))
            throw new FixRefusedException($"chrony's configuration is not known: {known.Why}");
        if (!judged.File.StartsWith('/'))
            throw new FixRefusedException("chronyd has its configuration from its command line: change it where that is written");
        var conf = Read(context.Files, judged.File);
        return conf.Refusal is null ? new(context, judged.File, conf)
            : throw new FixRefusedException($"chronyd would not start with its configuration as it is ({conf.Refusal}): put that right first");
    }

    /// <exception cref="FixRefusedException">There are more such lines than anybody has written.</exception>
    public static void Bounded(int lines, string directive)
    {
        if (lines > MostChanges)
            throw new FixRefusedException($"there are {lines} {directive} lines: put the configuration in order by hand");
    }

    /// <summary>A directive of which every one counts: in the drop-in file where there is a place for one, else at the end of the main file.</summary>
    public void Add(string directive, string why)
    {
        if (!TryDropIn(directive, mustBeLast: false, why))
            Append(directive, why);
    }

    /// <summary>A directive of which the last one counts, in place of <paramref name="last"/>.</summary>
    public void Settle(ConfigDirective? last, string directive, string why)
    {
        if (last?.File != _dropIn?.File && TryDropIn(directive, mustBeLast: true, why))
            return;
        if (last is null)
        {
            Append(directive, why);
            return;
        }

        var words = directive.Split(' ')[1..];
        Edit(last, words, why, (text, line) => last.Words.Count == words.Length
            ? words.Index().Aggregate(text, (t, w) => ChronyEditor.SetWord(t, line, w.Index + 1, w.Item))
            : ChronyEditor.SetDirective(text, line, directive));
    }

    /// <summary>Changes a line where it stands.</summary>
    /// <param name="words">What the directive says then; null: it is gone.</param>
    /// <param name="edit">Gets the file's text and the number of the line.</param>
    public void Edit(ConfigDirective at, IReadOnlyList<string>? words, string why, Func<string, int, string> edit)
    {
        var path = Writable(at.File);
        var text = _context.Files.Text(path) ?? throw new FixRefusedException($"{path} is not there any more");
        var wanted = Conf.Directives.ToList();
        var index = wanted.FindIndex(d => ReferenceEquals(d, at));
        wanted.RemoveAt(index);
        if (words is not null)
            wanted.Insert(index, at with { Words = words });
        var after = edit(text, int.Parse(at.Source.AsSpan(at.Source.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
        if (After(path, after) is not { } conf || !Same(conf.Directives, wanted))
            throw new FixRefusedException($"'{at}' in {at.Source} cannot be changed alone: change it by hand");
        Write(path, after, conf, why);
    }

    /// <summary>On a running machine: chronyd itself reads what was written, then it is restarted.</summary>
    public void Activate(string why)
    {
        if (_context.Steps.Count == _stepsBefore || !_context.IsLive)
            return;
        if (ChronydPrints(_context.Files))
            _context.Add(new ProgramStep("chronyd", "-p", "-f", _file) { Phase = StepPhase.Validate }, "chronyd reads its configuration and says whether it takes it");
        if (_context.Facts.Services.Find(TimeServiceKind.Chronyd) is { } chronyd && chronyd.Running.Is(r => r))
            ServiceChange.Restart(_context, chronyd.ServiceName, why);
    }

    /// <summary>Since 4.0 chronyd can read its configuration and end; its help text tells whether this one can.</summary>
    private static bool ChronydPrints(Draft files)
    {
        try
        {
            return ServiceKinds.Chronyd.Programs.Any(p => files.Read(p).AsSpan().IndexOf("Print configuration and exit"u8) >= 0);
        }
        catch (FixRefusedException)
        {
            return false;
        }
    }

    private bool TryDropIn(string directive, bool mustBeLast, string why)
    {
        if (_dropIn is null)
            return false;
        var text = _dropIn.With(_context.Files, directive);
        if (After(_dropIn.File, text) is not { } conf || !IsOneMore(conf, directive)
            || (mustBeLast && conf.Last(directive.Split(' ')[0])?.ToString() != directive))
            return false;
        Write(_dropIn.File, text, conf, why);
        return true;
    }

    private void Append(string directive, string why)
    {
        var path = Writable(_file);
        var text = ChronyEditor.Append(_context.Files.Text(path) ?? "", directive);
        if (After(path, text) is not { } conf || !IsOneMore(conf, directive))
            throw new FixRefusedException($"'{directive}' cannot be added to {_file}: add it by hand");
        Write(path, text, conf, why);
    }

    private void Write(string path, string text, ChronyConfiguration conf, string why)
    {
        _context.Write(path, text, why);
        Conf = conf;
    }

    /// <summary>The configuration with that text in a file; null where chronyd would refuse it, or where it reads worse than before.</summary>
    private ChronyConfiguration? After(string path, string text)
    {
        var files = _context.Files.Copy();
        files.Put(new FileStep(files.Resolve(path), null, Encoding.Latin1.GetBytes(text)));
        var conf = Read(files, _file);
        return conf.Refusal is null && conf.Problems.Count == Conf.Problems.Count ? conf : null;
    }

    private bool IsOneMore(ChronyConfiguration conf, string directive)
    {
        var rest = conf.Directives.ToList();
        var added = rest.FindLastIndex(d => d.ToString() == directive);
        if (added < 0 || rest.Count != Conf.Directives.Count + 1)
            return false;
        rest.RemoveAt(added);
        return Same(rest, Conf.Directives);
    }

    private static bool Same(IReadOnlyList<ConfigDirective> a, IReadOnlyList<ConfigDirective> b) =>
        a.Count == b.Count && a.Zip(b).All(p => p.First.Name == p.Second.Name && p.First.Words.SequenceEqual(p.Second.Words, StringComparer.Ordinal));

    private static ChronyConfiguration Read(Draft files, string file) => ChronyConfReader.Read(new DraftMachine(files), file) is var read && read.TryGet(out var conf)
        ? conf : throw new FixRefusedException($"{file} cannot be read: {read.Why}");

    /// <summary>Files of packages and those of the running system are not the administrator's to change.</summary>
    private string Writable(string path) => _context.Files.Resolve(path) is var real && !ChronyDropIn.IsForeign(real) ? path
        : throw new FixRefusedException($"{path} ({real}) is written by a package or a program: change chrony's configuration by hand");
}
