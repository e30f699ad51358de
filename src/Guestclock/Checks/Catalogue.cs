namespace Guestclock.Checks;

/// <summary>Every check, in the order in which they are listed. Adding a check is adding its line here.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new Tsc.TscConstant(),
        new Power.CstatesLimited(),
        new Power.CpufreqPinned(),
        new Tsc.TscNonstop(),
        new Tsc.TscStable(),
        new Tsc.TscSynchronized(),
        new ClockSource.ClocksourceSuitable(),
        new ClockSource.ClocksourceNotDemoted(),
        new ClockSource.KvmClockPresent(),
        new ClockSource.StealTime(),
        new Boot.BootParameters(),
        new Boot.BootParametersPersist(),
        new TimeServices.TimeServiceRunning(),
        new TimeServices.TimeServiceEnabled(),
        new TimeServices.TimeServiceSingle(),
        new TimeServices.ClockSynchronized(),
        new TimeServices.TimeSourcesReachable(),
        new TimeServices.TimeServersAnswer(),
        new TimeServices.StepPolicy(),
        new TimeServices.RtcSynced(),
        new Phc.PhcAvailable(),
        new Phc.PhcLoadedAtBoot(),
        new Phc.PhcRefclock(),
        new Phc.PhcSelected(),
        new Phc.VmClockPresent(),
        new Agent.GuestAgentRunning(),
        new Agent.GuestAgentTimeAllowed(),
        new Kvm.KvmUsable(),
        new Kvm.KvmStableClock(),
        new Kvm.KvmTscScaling(),
        new Domain.GuestsSyncedOnResume(),
        new Domain.DomainClock(),
        new Domain.DomainTimers(),
        new Domain.DomainAgentChannel(),
        new Domain.DomainMigratableTsc(),
        new Xen.XenTscMode(),
        new Xen.XenWallclock(),
        new Windows.WindowsTimer(),
    ];

    public static Check? Find(string id) => All.FirstOrDefault(c => c.Id == id);
}
