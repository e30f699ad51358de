using System.Text;
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
    public void The_machines_ptp_clock_is_read_or_is_missing()
    {
        var answer = new PtpDevice().Answer(new Question("ptp/ptp0"));
        if (Expect("/dev/ptp0", answer) is not { } bytes)
            return;
        var text = Encoding.ASCII.GetString(bytes);
        Assert.True(PtpAnswer.Read(AnswerFields.Parse(text)).Narrowest().BoundNs < 1_000_000_000, text);
    }

    [Fact]
    public void The_machines_vmclock_is_read_or_is_missing()
    {
        var answer = new VmClockReader().Answer(new Question("vmclock/vmclock0"));
        if (Expect("/dev/vmclock0", answer) is { } page)
            Assert.Equal(1, VmClockPage.Decode(page).Version);
    }

    /// <summary>The answer that the machine must give: missing without the device, denied without the right, else what the device said.</summary>
    private static byte[]? Expect(string device, Fact<byte[]> answer)
    {
        if (!File.Exists(device))
            Assert.Equal((FactState.Missing, "no such file or directory"), (answer.State, answer.Why));
        else if (answer.State == FactState.Denied)
            Assert.Equal("permission denied", answer.Why);
        else
            Assert.True(answer.IsKnown, answer.Why);
        return answer.IsKnown ? answer.Value : null;
    }
}
