using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes.Agent;

/// <summary>
/// The agent's arguments as its unit's last ExecStart gives them, with the variables of its environment files put in, or as the
/// environment files of SysV and OpenRC scripts give them.
/// </summary>
public static class AgentStart
{
    private static readonly string[] DropInRoots = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system"];

    /// <returns>The words after the program, and the files they came from; null where nothing was read.</returns>
    public static (List<string> Words, string? From) Read(IMachine machine, string unit) =>
        unit.EndsWith(".service", StringComparison.Ordinal) ? OfUnit(machine, unit) : OfScript(machine);

    private static (List<string> Words, string? From) OfUnit(IMachine machine, string unit)
    {
        var name = AgentUnit.Name(unit);
        var command = "";
        var from = unit;
        IReadOnlyDictionary<string, string> variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var environments = new List<string>();
        foreach (var file in DropInFiles.Find(machine, [.. DropInRoots.Select(r => $"{r}/{name}.d")], ".conf").Prepend(unit))
        {
            foreach (var assignment in machine.ReadText(file).Then(IniFile.Parse).Or([]))
            {
                switch (assignment.Key)
                {
                    case "ExecStart":
                        (command, from) = (assignment.Value, file);
                        break;
                    case "Environment":
                        variables = ShellVariables.Parse(assignment.Value, variables);
                        break;
                    case "EnvironmentFile" when assignment.Value.Length == 0:
                        environments.Clear();
                        break;
                    case "EnvironmentFile":
                        environments.Add(assignment.Value.TrimStart('-'));
                        break;
                }
            }
        }

        var used = new List<string> { from };
        foreach (var file in environments)
        {
            if (!machine.ReadText(file).TryGet(out var text))
                continue;
            variables = ShellVariables.Parse(text, variables);
            used.Add(file);
        }

        return ([.. SystemdWords.Split(command, variables).Skip(1)], string.Join(", ", used));
    }

    /// <summary>
    /// RHEL 6 passes BLACKLIST_RPC of /etc/sysconfig/qemu-ga; Debian up to 7 passes DAEMON_ARGS of /etc/default/qemu-guest-agent.
    /// </summary>
    private static (List<string> Words, string? From) OfScript(IMachine machine)
    {
        var words = new List<string>();
        string? from = null;
        foreach (var file in new[] { "/etc/sysconfig/qemu-ga", "/etc/default/qemu-guest-agent" })
        {
            if (!machine.ReadText(file).TryGet(out var text))
                continue;
            from = file;
            var variables = ShellVariables.Parse(text);
            foreach (var list in new[] { "BLACKLIST_RPC", "BLOCK_RPCS" })
            {
                if (variables.TryGetValue(list, out var value))
                    words.Add("--block-rpcs=" + value);
            }

            foreach (var arguments in new[] { "FILTER_RPC_ARGS", "DAEMON_ARGS" })
                words.AddRange(variables.GetValueOrDefault(arguments, "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return (words, from);
    }
}
