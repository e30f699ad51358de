using System.Globalization;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Fixes.Services;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>
/// ntpd and NTPsec: no panic threshold (<c>tinker panic 0</c>, as the first line), and the usual step threshold: no <c>-x</c>, no other
/// <c>tinker step</c>.
/// </summary>
internal static class NtpdSteps
{
    private const string PanicWhy = "ntpd does not end because a pause was long (tinker panic 0)";
    private const string StepWhy = "ntpd steps the clock, and does not slew it for hours";
    private const string DefaultStep = "0.128";

    public static void Plan(FixContext context, TimeService ntpd)
    {
        var files = NtpFiles.Open(context, ntpd.Kind);
        ChronyFiles.Bounded(files.Conf.All("tinker").Count(), "tinker");
        var policy = NtpdPolicy.Of(files.Facts, ntpd);
        if (!policy.StepsSoon)
        {
            ntpd = WithoutSlewing(context, ntpd);
            foreach (var line in files.Conf.All("tinker").Where(l => Number(l, "step") is <= 0 or > NtpdPolicy.SaneStepS).ToList())
                files.SetOption(line, "step", DefaultStep, StepWhy);
        }

        if (policy.PanicS > 0)
        {
            foreach (var line in files.Conf.All("tinker").Where(l => Number(l, "panic") is > 0).ToList())
                files.SetOption(line, "panic", "0", PanicWhy);
            if (NtpdPolicy.Of(files.Facts, ntpd).PanicS > 0)
                files.Prepend("tinker panic 0", PanicWhy);
        }

        if (NtpdPolicy.Of(files.Facts, ntpd) is not { StepsSoon: true, PanicS: <= 0 })
            throw new FixRefusedException($"the thresholds of {ntpd.Name} do not follow from its files as they are known here: see by hand");
        if (ntpd.Running.Is(r => r))
            ServiceChange.Restart(context, ntpd.ServiceName, PanicWhy);
    }

    /// <summary>Takes -x out of the options; where they stand in no file, the user has to.</summary>
    private static TimeService WithoutSlewing(FixContext context, TimeService ntpd)
    {
        var options = DaemonOptions.Ntpd(ntpd.Arguments);
        if (!options.Has('x'))
            return ntpd;
        var file = OptionFile.Find(context.Files, ntpd.Kind);
        if (file is null || !DaemonOptions.Ntpd(file.Options).Has('x'))
            throw new FixRefusedException($"{ntpd.Name} runs with -x, which stands in no file of options that is known here: take it out of its unit");
        var before = DaemonOptions.Ntpd(file.Options);
        file = file.Change(context, o => OptionWords.Without(o, 'x', DaemonOptions.NtpdLetters, DaemonOptions.NtpdLongNames), StepWhy);
        var after = DaemonOptions.Ntpd(file.Options);
        if (!after.Options.SequenceEqual(before.Options.Where(o => o.Letter != 'x')) || !after.Operands.SequenceEqual(before.Operands, StringComparer.Ordinal))
            throw new FixRefusedException($"-x cannot be taken out of {file.Variable} in {file.Path} safely: do it by hand");
        return ntpd with { Arguments = file.Options };
    }

    private static double? Number(ConfigDirective line, string option) =>
        double.TryParse(line.Option(option), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
