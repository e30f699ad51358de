using Guestclock.Fixes.Domains;
using Guestclock.Fixes.Windows;
using Guestclock.Fixes.Xen;

namespace Guestclock.Fixes;

/// <summary>All repairs of the program, one line each.</summary>
public static class FixCatalogue
{
    public static IReadOnlyList<Fix> All { get; } =
    [
        new TimeServices.StepThresholds(),
        new TimeServices.RtcSync(),
        new TimeServices.ChronyRefclock(),
        new Power.CpuFrequency(),
        new Services.EnabledTimeService(),
        new Services.SingleTimeService(),
        new Agent.GuestAgent(),
        new Agent.GuestAgentCommands(),
        new Host.LibvirtGuestsTime(),
        new Phc.PhcModule(),
        new ClockSource.RunningClockSource(),
        new Boot.KernelArgumentsFix(),
        new DomainClockFix(),
        new DomainTimersFix(),
        new DomainAgentChannelFix(),
        new DomainTscFrequencyFix(),
        new XenTscModeFix(),
        new XenWallclockFix(),
        new WindowsTimerFix(),
    ];

    public static Fix? Find(string name) => All.FirstOrDefault(f => f.Name == name);
}
