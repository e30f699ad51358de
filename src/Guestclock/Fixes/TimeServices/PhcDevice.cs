using System.Text;
using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Fixes.Phc;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.TimeServices;

/// <summary>What a refclock line rests on: the device has its stable name, and its module is there after the next boot.</summary>
internal static class PhcDevice
{
    private static readonly string[] RuleFolders = ["/etc/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d"];

    /// <summary>Makes the stable name by a udev rule where the distribution's udev is too old to have it.</summary>
    /// <exception cref="FixRefusedException">There is no udev.</exception>
    public static void Name(FixContext context, string clockName, string name)
    {
        var link = name["/dev/".Length..];
        if (HostClock.IsNumber(name) || context.Facts.Devices.PtpClocks.Is(c => c.Any(x => x.StableNames.Contains(name, StringComparer.Ordinal))) || HasRule(context.Files, link))
            return;
        if (!RuleFolders.Any(context.Files.IsDirectory))
            throw new FixRefusedException($"there are no udev rules here, and nothing else is known that makes {name}");
        var before = context.Files.Text(PhcRemedy.LinkRules) ?? "";
        context.Write(PhcRemedy.LinkRules, ChronyEditor.Append(before, PhcRemedy.LinkRule(clockName, name)), $"udev makes {name}", context.IsLive ? Effect.Now : Effect.NextBoot);
        foreach (var arguments in new string[][] { ["control", "--reload"], ["trigger", "--subsystem-match=ptp"], ["settle"] })
            context.Add(new ProgramStep("udevadm", arguments) { Phase = StepPhase.Generate, Effect = Effect.Now }, $"udev makes {name}");
    }

    /// <summary>chronyd does not start where the clock of a refclock line is not there: its module is loaded at boot from now on.</summary>
    /// <param name="facts">With the refclock line.</param>
    public static void LoadAtBoot(FixContext context, MachineFacts facts)
    {
        var clock = HostClock.Of(facts);
        if (clock is null || new PhcLoadedAtBoot().Judge(facts, Policy.Default).Status is not (CheckStatus.Warning or CheckStatus.Info))
            return;
        if (facts.Modules.Blacklisted.Is(b => b.ContainsKey(clock.Module)))
            throw new FixRefusedException($"{clock.Module} is kept from loading at boot, and without it chronyd would not start: see phc-loaded-at-boot");
        PhcModule.LoadAtBoot(context, clock.Module);
    }

    private static bool HasRule(Draft files, string link)
    {
        var pattern = Encoding.ASCII.GetBytes($"\"{link}\"");
        foreach (var folder in RuleFolders)
        {
            foreach (var name in files.List(folder).Where(n => n.Contains("ptp", StringComparison.Ordinal) || n.Contains("default", StringComparison.Ordinal)))
            {
                if (files.Read($"{folder}/{name}") is { } bytes && bytes.AsSpan().IndexOf(pattern) >= 0)
                    return true;
            }
        }

        return false;
    }
}
