namespace Guestclock.EndToEnd.Recovery;

/// <summary>Another hwclock in the guest: what the agent runs after it has set the clock. Disposing brings Debian's back.</summary>
internal sealed class GuestHwclock : IAsyncDisposable
{
    private readonly BreakableGuest _guest;

    private GuestHwclock(BreakableGuest guest) => _guest = guest;

    /// <param name="script">What it does instead; null: it is not there.</param>
    public static async Task<GuestHwclock> ReplaceAsync(BreakableGuest guest, string? script)
    {
        var put = script is null ? "" : $"\ncat >/usr/sbin/hwclock <<'END'\n#!/bin/busybox sh\n{script}\nEND\nchmod +x /usr/sbin/hwclock";
        await guest.RunAsync($"mv /usr/sbin/hwclock /usr/sbin/hwclock.debian{put}");
        return new(guest);
    }

    public async ValueTask DisposeAsync() => await _guest.RunAsync("mv /usr/sbin/hwclock.debian /usr/sbin/hwclock");
}
