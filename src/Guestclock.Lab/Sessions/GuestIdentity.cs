using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.Lab.Sessions;

/// <summary>Versions that belong to every result.</summary>
/// <param name="Kernel">The guest's, as <c>uname -r</c> says.</param>
/// <param name="Qemu">The number only.</param>
internal sealed record GuestIdentity(string Kernel, string Qemu)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<GuestIdentity> ReadAsync(GuestMachine machine, CancellationToken cancellationToken)
    {
        var kernel = await machine.RunAsync("uname -r", Limit, cancellationToken);
        var command = await QemuProgram.LocateAsync(newDevices: false, null, cancellationToken);
        var text = await HostCommand.RunAsync("Asking QEMU for its version", command[0], [.. command.Skip(1), "--version"], Limit, cancellationToken);
        return new(kernel.Stdout.Trim(), VersionIn(text));
    }

    /// <param name="text">QEMU's answer: <c>QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)</c>.</param>
    internal static string VersionIn(string text) =>
        text.Split('\n')[0].Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? "of unknown version";
}
