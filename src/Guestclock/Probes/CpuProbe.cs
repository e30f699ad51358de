using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.KernelMessages;
using Guestclock.Machines;
using Guestclock.Protocols.Cpuid;

namespace Guestclock.Probes;

/// <summary>The CPUs: /proc/cpuinfo, CPUID where live, and the TSC's frequency.</summary>
public static class CpuProbe
{
    /// <summary>8192 CPUs of an x86 host print about 13 MB.</summary>
    private const int CpuInfoBytes = 16 << 20;

    public static CpuFacts Gather(IMachine machine)
    {
        var cpuid = machine.AskText(Questions.Cpuid).Then(CpuidLeaves.Parse);
        return new()
        {
            Cpus = machine.ReadText("/proc/cpuinfo", CpuInfoBytes).Then(Cpus),
            TscKhz = TscKhz(machine, cpuid),
            KvmFeatures = Features(cpuid),
        };
    }

    private static IReadOnlyList<CpuInfo> Cpus(string text)
    {
        var flags = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var cpus = new List<CpuInfo>();
        foreach (var block in CpuInfoText.Parse(text))
        {
            var line = block.Find("flags", "Features", "features", "isa") ?? "";
            if (!flags.TryGetValue(line, out var set))
                flags[line] = set = CpuInfoText.Words(line);
            cpus.Add(new(block.Index, block.Find("vendor_id", "CPU implementer") ?? "",
                Number(block.Find("cpu family", "CPU architecture")),
                Number(block.Find("model", "CPU part")), Number(block.Find("stepping", "CPU revision")),
                block.Find("model name", "Processor", "cpu", "machine", "uarch") ?? "", block.Find("microcode"),
                    Mhz(block.Find("cpu MHz", "clock")), set));
        }

        return cpus;
    }

    /// <summary>The kernel's own figure, the refined one before the first one: its clock runs by that. CPUID where the log does not
    /// tell.</summary>
    private static Fact<long> TscKhz(IMachine machine, Fact<CpuidLeaves> cpuid)
    {
        var log = KernelLogProbe.Read(machine);
        long? detected = null;
        foreach (var line in log.IsKnown ? log.Value!.Lines : [])
        {
            if (TscFrequencyMessage.Read(line.Text) is not { } message)
                continue;
            detected = message.Khz;
            if (message.Refined)
                break;
        }

        if (detected is { } found)
            return Fact.Known(found, log.Source);
        if (cpuid.TryGet(out var leaves) && TscFrequency.Khz(leaves) is { } khz)
            return Fact.Known(khz, cpuid.Source);
        return log.IsKnown
            ? Fact.Missing<long>(log.Source, "neither the kernel log nor CPUID states it")
            : Fact.Unknown<long>(log.State, log.Source, log.Why ?? "not known");
    }

    private static Fact<KvmFeatures> Features(Fact<CpuidLeaves> cpuid)
    {
        if (!cpuid.TryGet(out var leaves))
            return Fact.Unknown<KvmFeatures>(cpuid.State, cpuid.Source, cpuid.Why ?? "not known");
        return HypervisorLeaves.KvmFeatures(leaves) is { } found
            ? Fact.Known(new KvmFeatures(found.Features, found.Hints), cpuid.Source)
            : Fact.Missing<KvmFeatures>(cpuid.Source, "CPUID shows no KVM leaves");
    }

    /// <summary>Decimal or 0x-hexadecimal; -1 where there is none.</summary>
    private static int Number(string? text)
    {
        if (text is null)
            return -1;
        var parsed = text.StartsWith("0x", StringComparison.Ordinal)
            ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return parsed && number >= 0 ? number : -1;
    }

    private static double? Mhz(string? text) =>
        text is not null && double.TryParse(text.AsSpan().TrimEnd("MHz"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var mhz)
        && double.IsFinite(mhz) ? mhz : null;
}
