using Guestclock.Facts;
using Guestclock.Formats.Agent;
using Guestclock.Machines;

namespace Guestclock.Probes.Agent;

/// <summary>
/// What the agent is started with: the arguments of its process, else of its unit or script, and its configuration file, which arguments
/// override option by option (qga/main.c).
/// </summary>
public sealed record AgentCommands(QemuGaArguments Arguments, string? ArgumentsFrom, QemuGaConf? Conf, Fact<string> ConfFile)
{
    private const string DefaultConf = "/etc/qemu/qemu-ga.conf";

    public string? Method => Arguments.Method ?? Conf?.Method;

    public string? Path => Arguments.Path ?? Conf?.Path;

    public static AgentCommands Read(IMachine machine, ProcessEntry? process, string unit)
    {
        var (words, from) = process is { Arguments.Count: > 0 }
            ? (process.Arguments.Skip(1).ToList(), $"process {process.Pid}")
            : AgentStart.Read(machine, unit);
        var arguments = QemuGaArguments.Parse(words);
        var text = machine.ReadText(arguments.Config ?? DefaultConf);
        return new(arguments, from, text.TryGet(out var t) ? QemuGaConf.Parse(t) : null, text);
    }

    /// <summary>The lists; missing where no agent is installed that could have any.</summary>
    public Fact<AgentRules> Rules(bool isThere)
    {
        if (!isThere)
            return Fact.Missing<AgentRules>(ConfFile.Source, "the agent has no unit, script or process");
        if (ConfFile.State is not (FactState.Known or FactState.Missing or FactState.NotRecorded))
            return Fact.Unknown<AgentRules>(ConfFile.State, ConfFile.Source, ConfFile.Why!);
        var sources = new List<string>();
        if (Conf is { } conf && (conf.Blocked ?? conf.Allowed) is not null)
            sources.Add(ConfFile.Source);
        if (ArgumentsFrom is not null)
            sources.Add(ArgumentsFrom);
        var rules = new AgentRules(Arguments.Blocked ?? Conf?.Blocked ?? [], Arguments.Allowed ?? Conf?.Allowed ?? [], sources);
        return Fact.Known(rules, sources.Count > 0 ? string.Join(", ", sources) : DefaultConf);
    }
}
