using System.Globalization;

namespace Guestclock.Formats.Domains;

/// <summary>
/// Reads the options of a QEMU command line that decide about the guest's clock (qemu-options.hx, docs/system/i386/hyperv.rst)
/// into the same shape as a libvirt domain. Options in configuration files (-readconfig) are not seen.
/// </summary>
public static class QemuCommandLine
{
    /// <param name="pid">Stands in for the name of a machine that has none.</param>
    public static DomainXml Parse(int pid, IReadOnlyList<string> arguments)
    {
        var parts = new DomainParts { Name = $"qemu (pid {pid})", Type = "qemu" };
        Program(arguments.Count > 0 ? arguments[0] : "", parts);
        var timers = new QemuTimers();
        var agentChardev = false;
        for (var i = 1; i < arguments.Count; i++)
        {
            var option = arguments[i];
            if (option.Length < 2 || option[0] != '-')
                continue;
            option = option.TrimStart('-');
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            agentChardev |= option == "chardev" && value.Contains("qga", StringComparison.Ordinal);
            Option(option, value, parts, timers, agentChardev);
        }

        timers.AddTo(parts.Timers);
        return parts.ToDomain();
    }

    private static void Option(string option, string value, DomainParts parts, QemuTimers timers, bool agentChardev)
    {
        switch (option)
        {
            case "name":
                parts.Name = Find(value, "guest") ?? FirstWord(value) ?? parts.Name;
                break;
            case "id":
                parts.ManagerId = value;
                break;
            case "rtc":
                Rtc(value, parts, timers);
                break;
            case "localtime":
                parts.Offset = "localtime";
                break;
            case "cpu":
                QemuCpu.Read(value, parts, timers);
                break;
            case "global":
                Global(value, timers);
                break;
            case "no-hpet":
                timers.Hpet = false;
                break;
            case "no-kvm-pit-reinjection":
                timers.PitPolicy = "discard";
                break;
            case "machine" or "M":
                Machine(value, parts, timers);
                break;
            case "accel":
                Accelerator(FirstWord(value) ?? Find(value, "accel"), parts);
                break;
            case "enable-kvm":
                parts.Type = "kvm";
                break;
            case "kernel":
                parts.BootsKernel = true;
                break;
            case "device" when value.Contains("org.qemu.guest_agent.0", StringComparison.Ordinal)
                || (agentChardev && value.StartsWith("isa-serial", StringComparison.Ordinal)):
                parts.Agent(null);
                break;
            case "chardev" or "qmp" or "mon" when value.Contains("/qemu-server/", StringComparison.Ordinal):
                parts.Manager = "proxmox";
                break;
        }
    }

    private static void Program(string path, DomainParts parts)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.StartsWith("qemu-system-", StringComparison.Ordinal))
            parts.Architecture = name[12..] is "i386" ? "i686" : name[12..];
        else if (name is "kvm" or "qemu-kvm")
            parts.Type = "kvm";
    }

    private static void Rtc(string value, DomainParts parts, QemuTimers timers)
    {
        foreach (var (key, text) in Pairs(value))
        {
            if (key == "driftfix")
                timers.RtcPolicy = text == "slew" ? "catchup" : null;
            else if (key == "clock")
                timers.RtcTrack = text switch { "vm" => "guest", "rt" => "realtime", _ => "wall" };
            else if (key == "base" && text is "utc" or "localtime")
                parts.Offset = text;
            else if (key == "base")
                (parts.Offset, parts.ClockValue) = ("absolute", text);
        }
    }

    private static void Global(string value, QemuTimers timers)
    {
        var property = Find(value, "property");
        if (property is not null)
            value = $"{Find(value, "driver")}.{property}={Find(value, "value")}";
        if (value.StartsWith("kvm-pit.lost_tick_policy=", StringComparison.Ordinal))
            timers.PitPolicy = value[25..];
        else if (value == "mc146818rtc.lost_tick_policy=slew")
            timers.RtcPolicy = "catchup";
    }

    private static void Machine(string value, DomainParts parts, QemuTimers timers)
    {
        foreach (var (key, text) in Pairs(value))
        {
            if (key == "hpet")
                timers.Hpet = IsOn(text);
            else if (key == "accel")
                Accelerator(text, parts);
            else if (text is null && key.StartsWith("microvm", StringComparison.Ordinal))
                timers.Hpet = false;
        }
    }

    private static void Accelerator(string? name, DomainParts parts) =>
        parts.Type = name is not null && name.StartsWith("kvm", StringComparison.Ordinal) ? "kvm" : "qemu";

    internal static bool IsOn(string? text) => text is null or "on" or "yes" or "true" or "y";

    /// <summary>Keys and values of an option; a key without '=' has no value; <c>,,</c> is a comma inside a value.</summary>
    internal static IEnumerable<(string Key, string? Value)> Pairs(string option)
    {
        foreach (var part in option.Replace(",,", "\u0001", StringComparison.Ordinal).Split(','))
        {
            var text = part.Replace('\u0001', ',');
            var at = text.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        }
    }

    private static string? Find(string option, string key)
    {
        foreach (var (name, value) in Pairs(option))
        {
            if (name == key)
                return value;
        }

        return null;
    }

    private static string? FirstWord(string option)
    {
        foreach (var (key, value) in Pairs(option))
            return value is null && key.Length > 0 ? key : null;
        return null;
    }

    /// <summary>A frequency in Hz with QEMU's metric suffixes (units of 1000).</summary>
    internal static long? Hertz(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var factor = char.ToUpperInvariant(text[^1]) switch { 'K' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 1 };
        var digits = factor > 1 ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * factor < 1e12
            ? (long)(number * factor) : null;
    }
}
