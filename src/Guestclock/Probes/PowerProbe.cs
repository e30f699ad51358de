using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>cpufreq, cpuidle and what configures them at boot.</summary>
public static class PowerProbe
{
    private const string Cpus = "/sys/devices/system/cpu";

    /// <summary>CPUs that are looked at one by one; more than any host that lacks a constant TSC has.</summary>
    private const int MostCpus = 1024;

    /// <summary>The file, and the services that apply it.</summary>
    public static IReadOnlyList<(string File, string[] Units)> FrequencySettings { get; } =
    [
        ("/etc/sysconfig/cpupower", ["cpupower"]), ("/etc/cpupower-service.conf", ["cpupower"]), ("/etc/default/cpupower", ["cpupower"]),
        ("/etc/default/cpupower-service.conf", ["cpupower"]),
        ("/etc/default/cpufrequtils", ["cpufrequtils"]), ("/etc/default/cpufreqd", ["cpufreqd"]),
    ];

    public static PowerFacts Gather(IMachine machine)
    {
        var folders = machine.List(Cpus);
        var (settings, settingsEnabled) = Settings(machine);
        return new()
        {
            Frequency = Frequency(machine, folders),
            IdleDriver = machine.ReadValue($"{Cpus}/cpuidle/current_driver"),
            IdleStates = IdleStates(machine, folders),
            IntelIdleMaxCState = machine.ReadValue("/sys/module/intel_idle/parameters/max_cstate").Then(Number),
            ProcessorMaxCState = machine.ReadValue("/sys/module/processor/parameters/max_cstate").Then(Number),
            CpuSpeed = machine.ReadText("/etc/sysconfig/cpuspeed").Then(t => ShellVariables.Parse(t)),
            CpuSpeedEnabled = UnitState.Enabled(machine, "cpuspeed"),
            CpuPower = settings,
            CpuPowerEnabled = settingsEnabled,
            TunedProfile = machine.ReadValue("/etc/tuned/active_profile").Then(Profile),
            TunedEnabled = UnitState.Enabled(machine, "tuned"),
        };
    }

    private static string Profile(string text) => text.Length > 0 ? text
        : throw new MalformedInputException("active_profile", "a profile's name", "nothing");

    private static (Fact<IReadOnlyDictionary<string, string>> Settings, Fact<bool> Enabled) Settings(IMachine machine)
    {
        foreach (var (file, units) in FrequencySettings)
        {
            var settings = machine.ReadText(file).Then(t => ShellVariables.Parse(t));
            if (settings.State is not (FactState.Missing or FactState.NotRecorded))
                return (settings, UnitState.Enabled(machine, units));
        }

        var first = machine.ReadText(FrequencySettings[0].File);
        return (first.Then(t => ShellVariables.Parse(t)), UnitState.Enabled(machine, "cpupower"));
    }

    private static Fact<IReadOnlyList<CpuFrequencyPolicy>> Frequency(IMachine machine, Fact<IReadOnlyList<string>> folders)
    {
        if (!folders.TryGet(out var names))
            return Fact.Unknown<IReadOnlyList<CpuFrequencyPolicy>>(folders.State, folders.Source, folders.Why ?? "not known");
        var policies = new List<CpuFrequencyPolicy>();
        foreach (var name in machine.List($"{Cpus}/cpufreq").Or([]).Where(n =>
            n.StartsWith("policy", StringComparison.Ordinal)).Take(MostCpus))
            policies.AddIfThere(Policy(machine, $"{Cpus}/cpufreq/{name}", name));
        if (policies.Count == 0)
        {
            // Before 4.3 each CPU had its own folder.
            foreach (var cpu in CpuFolders(names))
                policies.AddIfThere(Policy(machine, $"{Cpus}/{cpu}/cpufreq", cpu));
        }

        return Fact.Known<IReadOnlyList<CpuFrequencyPolicy>>(policies, $"{Cpus}/cpufreq");
    }

    private static void AddIfThere(this List<CpuFrequencyPolicy> policies, CpuFrequencyPolicy? policy)
    {
        if (policy is not null)
            policies.Add(policy);
    }

    private static CpuFrequencyPolicy? Policy(IMachine machine, string folder, string name)
    {
        var governor = machine.ReadValue($"{folder}/scaling_governor");
        if (!governor.IsKnown)
            return null;
        return new(name, machine.ReadValue($"{folder}/scaling_driver").Or(""), governor.Value!,
            Words(machine, $"{folder}/scaling_available_governors"),
            [.. Words(machine, $"{folder}/scaling_available_frequencies").Select(w => long.TryParse(w, out var khz) ? khz
                : -1).Where(k => k > 0)],
            Khz(machine, $"{folder}/scaling_min_freq"), Khz(machine, $"{folder}/scaling_max_freq"),
            Khz(machine, $"{folder}/cpuinfo_min_freq"), Khz(machine, $"{folder}/cpuinfo_max_freq"));
    }

    /// <summary>The states' names and latencies are read of the first CPU that has them; of the others only what is switched off.</summary>
    private static Fact<IReadOnlyList<IdleState>> IdleStates(IMachine machine, Fact<IReadOnlyList<string>> folders)
    {
        if (!folders.TryGet(out var names))
            return Fact.Unknown<IReadOnlyList<IdleState>>(folders.State, folders.Source, folders.Why ?? "not known");
        var states = new List<IdleState>();
        IReadOnlyList<(int Index, string Name, long LatencyUs)>? kinds = null;
        foreach (var cpu in CpuFolders(names))
        {
            kinds ??= Kinds(machine, $"{Cpus}/{cpu}/cpuidle");
            if (kinds is null)
                break;
            foreach (var (index, name, latency) in kinds)
            {
                var disabled = machine.ReadValue($"{Cpus}/{cpu}/cpuidle/state{index}/disable");
                // A CPU that is offline has no folder; kernels before 3.3 have no such file.
                if (disabled.IsKnown || cpu == "cpu0")
                    states.Add(new(int.Parse(cpu.AsSpan(3)), index, name, latency, disabled.Is(v => v != "0")));
            }
        }

        return kinds is null
            ? Fact.Missing<IReadOnlyList<IdleState>>($"{Cpus}/cpu0/cpuidle", "the kernel manages no idle states")
            : Fact.Known<IReadOnlyList<IdleState>>(states, $"{Cpus}/cpu*/cpuidle");
    }

    private static List<(int, string, long)>? Kinds(IMachine machine, string folder)
    {
        var kinds = new List<(int, string, long)>();
        for (var index = 0; index < 16; index++)
        {
            var name = machine.ReadValue($"{folder}/state{index}/name");
            if (!name.IsKnown)
                break;
            kinds.Add((index, name.Value!, Khz(machine, $"{folder}/state{index}/latency")));
        }

        return kinds.Count > 0 ? kinds : null;
    }

    private static IEnumerable<string> CpuFolders(IReadOnlyList<string> names) =>
        names.Where(n => n.Length is > 3 and < 9 && n.StartsWith("cpu", StringComparison.Ordinal)
            && !n.AsSpan(3).ContainsAnyExceptInRange('0', '9')).Take(MostCpus);

    private static string[] Words(IMachine machine, string path) =>
        machine.ReadValue(path).Or("").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long Khz(IMachine machine, string path) =>
        long.TryParse(machine.ReadValue(path).Or(""), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number : throw new MalformedInputException("parameter", "a whole number", $"'{(text.Length <= 40 ? text : text[..40])}'");
}
