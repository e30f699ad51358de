using System.Text.Json;
using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Guests;

namespace Guestclock.EndToEnd;

/// <summary>Linux's own KVM: that of an emulated guest, whose processor has SVM. The KVM of the machine that runs the tests may be another one, or none.</summary>
public sealed class KvmInGuestTests(SharedGuests guests)
{
    /// <summary>Linux 6.1 trusts an emulated TSC on two CPUs only where it is told to.</summary>
    private static readonly GuestVariant Host = new("qemu-tcg-6.1-kvm", GuestKernel.Linux61) { Modules = ["kvm_amd"], Parameters = "tsc=reliable" };

    private static readonly string[] Sound = ["kvm-usable", "master-clock", "clock-pair", "pvclock-structure", "pvclock-agreement", "tsc-offset", "clock-pairing"];

    [Fact]
    public async Task Linuxs_own_KVM_answers_the_hypercall_of_ptp_kvm_and_puts_the_TSC_where_it_is_asked_to()
    {
        await using var host = await guests.BootOwnAsync(Host);
        var result = await host.RunAsync("guestclock probe --limit 1m --format json");
        Assert.True(result.ExitCode is >= 0 and <= 3 && result.Stderr.Length == 0, $"{result}");
        using var report = JsonDocument.Parse(result.Stdout);
        var trials = report.RootElement.GetProperty("trials").EnumerateArray().ToDictionary(t => t.GetProperty("id").GetString()!);
        Assert.All(Sound, id => Assert.True(trials[id].GetProperty("status").GetString() == "pass", $"{trials[id]}"));
        Assert.NotEqual("critical", trials["clock-monotonic"].GetProperty("status").GetString());
    }
}
