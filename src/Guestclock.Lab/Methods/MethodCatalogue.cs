namespace Guestclock.Lab.Methods;

/// <summary>All methods, in the order of reports: from those that do least.</summary>
public static class MethodCatalogue
{
    public static IReadOnlyList<ILabMethod> All { get; } =
    [
        new NothingMethod(),
        ChronyMethod.Stock,
        ChronyMethod.MakeStep,
        new DomtimeSyncMethod(),
        new AgentBlindMethod(),
        new SyncMethod(),
        new WatchMethod(WatchInLab.RunAsync),
    ];
}
