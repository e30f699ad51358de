namespace Guestclock.Tests.Protocols.Qmp;

/// <summary>
/// Lines of QEMU 7.2.22 of Debian 12, read from its <c>-qmp unix:</c> socket: connected, asked query-status before and after
/// qmp_capabilities, then stop, cont, system_reset, savevm, a migration, the byte FF, and an unknown command.
/// </summary>
internal static class QmpSamples
{
    public const string Greeting =
        """{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian 1:7.2+dfsg-7+deb12u18+b3"}, "capabilities": ["oob"]}}""";

    public const string NotNegotiated =
        """{"id": 1, "error": {"class": "CommandNotFound", "desc": "Expecting capabilities negotiation with 'qmp_capabilities'"}}""";

    public const string Empty = """{"return": {}, "id": 1}""";

    public const string Status = """{"return": {"status": "prelaunch", "singlestep": false, "running": false}, "id": 2}""";

    public const string Stop = """{"timestamp": {"seconds": 1795256989, "microseconds": 352907}, "event": "STOP"}""";

    public const string Reset =
        """{"timestamp": {"seconds": 1795256989, "microseconds": 654610}, "event": "RESET", "data": {"guest": false, "reason": "host-qmp-system-reset"}}""";

    public const string Migration =
        """{"timestamp": {"seconds": 1795256990, "microseconds": 163945}, "event": "MIGRATION", "data": {"status": "completed"}}""";

    public const string Port =
        """{"timestamp": {"seconds": 1795256991, "microseconds": 161883}, "event": "VSERPORT_CHANGE", "data": {"open": false, "id": "agent0"}}""";

    public const string Unreadable = """{"error": {"class": "GenericError", "desc": "JSON parse error, stray '\uFFFD'"}}""";

    public const string Chardevs =
        """{"return": [{"frontend-open": false, "filename": "disconnected:unix:/run/vm/ga1,server=on", "label": "ga1"}, {"frontend-open": true, "filename": "unix:/run/vm/qmp,server=on", "label": "compat_monitor0"}], "id": 3}""";

    public static readonly string[] All = [Greeting, NotNegotiated, Empty, Status, Stop, Reset, Migration, Port, Unreadable, Chardevs];
}
