using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats.Editing;
using Guestclock.Probes.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>ntp.conf while a repair changes it; read again after each change, so that exactly what was meant is another one.</summary>
internal sealed class NtpFiles
{
    private readonly FixContext _context;

    private NtpFiles(FixContext context, NtpConfiguration conf) => (_context, Conf) = (context, conf);

    public NtpConfiguration Conf { get; private set; }

    /// <summary>The machine's facts with the configuration as it is now.</summary>
    public MachineFacts Facts => _context.Facts with { Services = _context.Facts.Services with { NtpConf = Fact.Known(Conf, Conf.File) } };

    /// <exception cref="FixRefusedException">It cannot be read, or belongs to another service.</exception>
    public static NtpFiles Open(FixContext context, TimeServiceKind kind)
    {
        var known = context.Facts.Services.NtpConf;
        return known.TryGet(out var conf) && conf.Kind == kind ? new(context, Read(context.Files, conf))
            : throw new FixRefusedException($"ntp.conf is not known: {known.Why ?? "it belongs to another service"}");
    }

    /// <summary>Another value for an option of a line.</summary>
    public void SetOption(ConfigDirective line, string option, string value, string why)
    {
        var words = line.Words.ToList();
        var at = words.FindIndex(w => string.Equals(w, option, StringComparison.OrdinalIgnoreCase)) + 1;
        words[at] = value;
        var wanted = Conf.Directives.Select(d => Is(d, line) ? d with { Words = words } : d).ToList();
        var number = int.Parse(line.Source.AsSpan(line.Source.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
        Write(line.File, NtpConfEditor.SetWord(_context.Files.Text(line.File) ?? "", number, at + 1, value), wanted, why);
    }

    /// <summary>A directive as the first line of the main file.</summary>
    public void Prepend(string directive, string why)
    {
        var words = directive.Split(' ');
        IEnumerable<ConfigDirective> wanted = [new(words[0], words[1..], Conf.File), .. Conf.Directives];
        Write(Conf.File, NtpConfEditor.Prepend(_context.Files.Text(Conf.File) ?? "", directive), [.. wanted], why);
    }

    private void Write(string path, string text, List<ConfigDirective> wanted, string why)
    {
        if (ChronyDropIn.IsForeign(_context.Files.Resolve(path)))
            throw new FixRefusedException($"{path} is written by a package or a program: change ntpd's configuration by hand");
        _context.Write(path, text, why);
        Conf = Read(_context.Files, Conf);
        if (Conf.Directives.Count != wanted.Count || !Conf.Directives.Zip(wanted).All(p => p.First.Name == p.Second.Name
            && p.First.Words.SequenceEqual(p.Second.Words, StringComparer.Ordinal)))
            throw new FixRefusedException($"{path} cannot be changed safely: {why} by hand");
    }

    private static bool Is(ConfigDirective a, ConfigDirective b) => a.Source == b.Source && a.Name == b.Name;

    private static NtpConfiguration Read(Draft files, NtpConfiguration conf) => NtpConfReader.Read(new DraftMachine(files), conf.Kind, conf.File) is var read
        && read.TryGet(out var known) ? known : throw new FixRefusedException($"{conf.File} cannot be read: {read.Why}");
}
