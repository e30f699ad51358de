using System.CommandLine;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Cli.Commands;

/// <summary>The options that say which machine is looked at, shared by check, facts and record.</summary>
internal sealed class MachineOptions
{
    public Option<string?> Root { get; } = new("--root")
    {
        Description = "Look below DIR only: an unpacked image, a chroot, or what 'record' wrote (a directory or a .tar.gz).",
        HelpName = "DIR",
    };

    public Option<string[]> Assume { get; } = new("--assume")
    {
        Description = "Say what an image cannot: role=kvm-guest, os=centos-5.4, host-constant-tsc=no, pv-clock=yes, pauses=yes...",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { _ => Assumptions.Keys.Select(k => new System.CommandLine.Completions.CompletionItem(k.Key + "=", documentation: k.Value)) },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Root);
        command.Options.Add(Assume);
    }

    /// <summary>Opens the machine that the options name.</summary>
    public IMachine Open(ParseResult parsed) => MachineOpener.Open(parsed.GetValue(Root));

    /// <summary>Reads every fact and puts the assumptions over them.</summary>
    public MachineFacts Gather(ParseResult parsed, IMachine machine)
    {
        var assumptions = parsed.GetValue(Assume) ?? [];
        Assumptions.Apply(new MachineFacts(), assumptions);
        return Assumptions.Apply(FactGatherer.Gather(machine), assumptions);
    }
}
