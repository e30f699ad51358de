using System.CommandLine;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Cli.Commands;

/// <summary>The options that name domains of libvirt.</summary>
internal sealed class LibvirtOptions
{
    private readonly Option<string[]> _domain = new("--domain") { Description = "A domain of libvirt; may come several times.", HelpName = "NAME" };
    private readonly Option<bool> _all = new("--all") { Description = "All domains of libvirt that run." };
    private readonly Option<string?> _connect = new("--connect")
    {
        Description = $"The libvirt to ask ({LibvirtConnection.DefaultUri}).",
        HelpName = "URI",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _domain, _all, _connect })
            command.Options.Add(option);
    }

    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(_all) || parsed.GetValue(_domain) is { Length: > 0 };

    /// <exception cref="UsageException">Domains are asked for, too.</exception>
    public void RefuseBeside(Option other, ParseResult parsed)
    {
        if (IsAskedFor(parsed) || parsed.GetValue(_connect) is not null)
            throw new UsageException($"{other.Name} is for a QEMU without libvirt: leave out {_domain.Name}, {_all.Name} and {_connect.Name}, or {other.Name}");
    }

    public LibvirtPool Pool(ParseResult parsed) => new(parsed.GetValue(_connect) ?? LibvirtConnection.DefaultUri);

    /// <exception cref="AgentException">libvirt cannot be asked.</exception>
    public async Task<IReadOnlyList<SyncTarget>> TargetsAsync(LibvirtPool pool, ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = parsed.GetValue(_domain) ?? [];
        if (names.Contains(""))
            throw new UsageException($"{_domain.Name} needs the name of a domain");
        if (!parsed.GetValue(_all))
            return [.. names.Distinct(StringComparer.Ordinal).Select(name => LibvirtTargets.Of(pool, name, HostClock.Instance))];
        if (names.Length > 0)
            throw new UsageException($"{_all.Name} and {_domain.Name} exclude each other");
        return await LibvirtTargets.RunningAsync(pool, HostClock.Instance, cancellationToken);
    }
}
