
namespace Guestclock.Formats.Domains;

/// <summary>What a reader has found so far of a virtual machine's definition.</summary>
internal sealed class DomainParts
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? State { get; set; }

    public string? OsId { get; set; }

    public string? Manager { get; set; }

    public string? ManagerId { get; set; }

    public string? Architecture { get; set; }

    public bool BootsKernel { get; set; }

    public bool KvmHidden { get; set; }

    public List<string> HyperV { get; } = [];

    public string? Offset { get; set; }

    public string? Basis { get; set; }

    public string? ClockValue { get; set; }

    public long? Adjustment { get; set; }

    public List<DomainTimer> Timers { get; } = [];

    public string? CpuMode { get; set; }

    public bool Migratable { get; set; } = true;

    public bool InvariantTsc { get; set; }

    public bool AgentChannel { get; private set; }

    public bool? AgentConnected { get; private set; }

    /// <summary>Where the channel that is being read listens on the host.</summary>
    public string? ChannelSocket { get; set; }

    public string? SecondAgentSocket { get; private set; }

    /// <param name="state">As of the first agent.</param>
    public void SecondAgent(string? state) => SecondAgentSocket ??= state == "disconnected" ? null : ChannelSocket;

    /// <param name="state">target/@state of a running domain: connected, disconnected or null.</param>
    public void Agent(string? state)
    {
        AgentChannel = true;
        AgentConnected = state switch
        {
            "connected" => true,
            "disconnected" => false,
            _ => null,
        };
    }

    public DomainXml ToDomain()
    {
        if (string.IsNullOrEmpty(Name))
            throw new MalformedInputException("domain", "a name", "none");
        return new(Name, Type ?? "", GuestSystem.Hint(OsId, HyperV.Count > 0 || HasHyperVClock(), BootsKernel), Offset ?? "utc", Basis,
            Timers, AgentChannel,
            CpuMode, InvariantTsc, Migratable)
        {
            Architecture = Architecture,
            AdjustmentSeconds = Adjustment,
            ClockValue = ClockValue,
            KvmHidden = KvmHidden,
            HyperVFeatures = HyperV,
            AgentConnected = AgentConnected,
            SecondAgentSocket = SecondAgentSocket,
            Manager = Manager,
            ManagerId = ManagerId,
            State = State,
        };
    }

    private bool HasHyperVClock()
    {
        foreach (var timer in Timers)
        {
            if (timer is { Name: "hypervclock", Present: not false })
                return true;
        }

        return false;
    }
}
