using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Probes.TimeServices;

namespace Guestclock.Fixes.TimeServices;

/// <summary>The file of shell assignments from which a daemon's unit or script takes its options: <c>OPTIONS</c> of /etc/sysconfig/ntpd.</summary>
internal sealed record OptionFile(string Path, string Variable, IReadOnlyList<string> Options)
{
    /// <summary>The first that assigns the variable, as the probe reads it; null where none does.</summary>
    public static OptionFile? Find(Draft files, TimeServiceKind kind)
    {
        var known = new[] { ServiceKinds.Ntpd, ServiceKinds.Ntpsec, ServiceKinds.Phc2sys }.FirstOrDefault(k => k.Kind == kind);
        foreach (var (path, variable) in known?.OptionFiles ?? [])
        {
            if (files.Text(path) is { } text && ShellVariables.Parse(text).TryGetValue(variable, out var options))
                return new(path, variable, Words(options));
        }

        return null;
    }

    /// <summary>Changes the options; what they are afterwards is returned.</summary>
    /// <param name="change">Of the value as it is written.</param>
    public OptionFile Change(FixContext context, Func<string, string> change, string why)
    {
        var text = ShellFile.Change(context.Files.Text(Path) ?? "", Variable, change);
        context.Write(Path, text, why);
        return this with { Options = Words(ShellVariables.Parse(text)[Variable]) };
    }

    private static string[] Words(string options) => options.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
