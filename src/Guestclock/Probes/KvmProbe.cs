using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>The KVM device and the parameters of its modules.</summary>
public static class KvmProbe
{
    private static readonly string[] ParameterNames =
    [
        "kvm/tsc_tolerance_ppm", "kvm/kvmclock_periodic_sync", "kvm/min_timer_period_us", "kvm/lapic_timer_advance",
            "kvm/lapic_timer_advance_ns",
        "kvm/ignore_msrs", "kvm/halt_poll_ns", "kvm_intel/nested", "kvm_intel/preemption_timer", "kvm_amd/nested", "kvm_amd/tsc_scaling",
    ];

    public static KvmFacts Gather(IMachine machine)
    {
        var answer = machine.AskFields(Questions.Kvm);
        return new()
        {
            ApiVersion = Field(answer, "api", "api-version", f => f.Number("api")),
            MakesMachines = Made(answer),
            Clock = Field(answer, "clock.flags", "get-clock", Clock),
            KnownClockFlags = Field(answer, "cap.39", "cap.39", f => f.Number("cap.39")),
            TscKhz = Field(answer, "tscKhz", "get-tsc-khz", TscKhz),
            TscScaling = Field(answer, "cap.60", "cap.60", f => f.Number("cap.60") > 0),
            Capabilities = answer.Then(Capabilities),
            Parameters = Parameters(machine),
        };
    }

    /// <summary>A field of the answer, or the error that stands in its place.</summary>
    private static Fact<T> Field<T>(Fact<AnswerFields> answer, string key, string call, Func<AnswerFields, T> read)
    {
        if (!answer.TryGet(out var fields) || fields.Find(key) is not null)
            return answer.Then(read);
        return NotAnswered<T>(answer, call, call);
    }

    private static Fact<bool> Made(Fact<AnswerFields> answer)
    {
        if (!answer.TryGet(out var fields) || fields.Find("vcpu") is not null)
            return answer.Then(f => f.Find("vcpu") is not null);
        var call = fields.Find("error.create-vm") is not null ? "create-vm" : "create-vcpu";
        return NotAnswered<bool>(answer, call, call);
    }

    private static Fact<T> NotAnswered<T>(Fact<AnswerFields> answer, string call, string what)
    {
        var error = answer.Value!.Find($"error.{call}");
        var state = error is null || error.StartsWith("ENOTTY", StringComparison.Ordinal)
            || error.StartsWith("EINVAL", StringComparison.Ordinal)
            ? FactState.Unsupported : FactState.Failed;
        return Fact.Unknown<T>(state, answer.Source, error is null ? $"KVM did not answer {what}" : $"KVM answered {what} with {error}",
            answer.TookNs);
    }

    private static KvmClock Clock(AnswerFields fields)
    {
        if (!ulong.TryParse(fields.Text("clock.hostTsc"), NumberStyles.None, CultureInfo.InvariantCulture, out var tsc))
            throw new MalformedInputException("field clock.hostTsc", "a count of ticks", $"'{fields.Text("clock.hostTsc")}'");
        if (fields.Number("clock.flags") is not (>= 0 and <= int.MaxValue and var flags))
            throw new MalformedInputException("field clock.flags", "flags", $"'{fields.Text("clock.flags")}'");
        return new(fields.Number("clock.clock"), (int)flags, fields.Number("clock.realtime"), tsc);
    }

    private static long TscKhz(AnswerFields fields) => fields.Number("tscKhz") is > 0 and var khz
        ? khz
        : throw new MalformedInputException("field tscKhz", "a frequency", $"'{fields.Text("tscKhz")}'");

    private static IReadOnlyDictionary<string, long> Capabilities(AnswerFields fields)
    {
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, _) in fields.All)
        {
            if (key.StartsWith("cap.", StringComparison.Ordinal))
                found[key[4..]] = fields.Number(key);
        }

        return found;
    }

    private static Fact<IReadOnlyDictionary<string, string>> Parameters(IMachine machine)
    {
        const string folder = "/sys/module/kvm";
        var there = machine.Find(folder);
        if (!there.IsKnown)
            return Fact.Unknown<IReadOnlyDictionary<string, string>>(there.State, folder, there.Why!);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ParameterNames)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (machine.ReadValue($"/sys/module/{name[..slash]}/parameters/{name[(slash + 1)..]}").TryGet(out var value))
                found[name.Replace('/', '.')] = value;
        }

        return Fact.Known<IReadOnlyDictionary<string, string>>(found, folder);
    }
}
