using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.VmClock;

namespace Guestclock.Linux.Tests.Live;

public class DeviceAnswererTests
{
    [Theory]
    [InlineData("ptp/ptp0", true)]
    [InlineData("ptp/ptp123", true)]
    [InlineData("ptp/ptp", false)]
    [InlineData("ptp/ptp_kvm", false)]
    [InlineData("ptp/ptp0/../sda", false)]
    [InlineData("ptp/sda", false)]
    [InlineData("vmclock/vmclock0", false)]
    public void Only_a_clock_device_is_opened(string name, bool answers) => Assert.Equal(answers, new PtpDevice().Answers(name));

    [Fact]
    public void A_device_that_is_not_there_is_missing()
    {
        Assert.SkipWhen(File.Exists("/dev/ptp987654"), "there is such a device");
        Assert.Equal(FactState.Missing, new PtpDevice().Answer(new Question("ptp/ptp987654")).State);
        Assert.Equal(FactState.Missing, new VmClockReader().Answer(new Question("vmclock/vmclock987654")).State);
    }

    [Fact]
    public void The_machines_ptp_clocks_are_read()
    {
        var clocks = Directory.Exists("/sys/class/ptp") ? Directory.GetDirectories("/sys/class/ptp").Select(Path.GetFileName).ToList() : [];
        Assert.SkipWhen(clocks.Count == 0, "the machine has no PTP clock");
        var answer = new PtpDevice().Answer(new Question($"ptp/{clocks[0]}"));
        Assert.SkipWhen(answer.State == FactState.Denied, "only root may open the PTP clock");
        Assert.True(answer.IsKnown, answer.Why);
        var text = System.Text.Encoding.ASCII.GetString(answer.Value!);
        Assert.True(PtpAnswer.Read(AnswerFields.Parse(text)).Narrowest().BoundNs < 1_000_000_000, text);
    }

    [Fact]
    public void The_machines_vmclock_is_read()
    {
        Assert.SkipUnless(File.Exists("/dev/vmclock0"), "the machine has no vmclock");
        var answer = new VmClockReader().Answer(new Question("vmclock/vmclock0"));
        Assert.SkipWhen(answer.State == FactState.Denied, "only root may open vmclock");
        Assert.True(answer.IsKnown, answer.Why);
        Assert.Equal(1, VmClockPage.Decode(answer.Value!).Version);
    }
}
