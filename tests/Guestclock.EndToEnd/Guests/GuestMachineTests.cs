namespace Guestclock.EndToEnd.Guests;

/// <summary>What the other tests rely on: commands in a guest give back exactly what they did.</summary>
public sealed class GuestMachineTests(SharedGuests guests)
{
    private const string AnyGuest = "qemu-tcg-6.1-tsc-chrony";

    [Fact]
    public async Task A_command_gives_its_exit_code_and_both_outputs()
    {
        var guest = await guests.GetAsync(AnyGuest);
        var result = await guest.RunAsync("echo 'out'; echo 'err' >&2; exit 5");
        Assert.Equal((5, "out\n", "err\n"), (result.ExitCode, result.Stdout, result.Stderr));
    }

    [Fact]
    public async Task Output_may_be_any_bytes()
    {
        var guest = await guests.GetAsync(AnyGuest);
        var result = await guest.RunAsync("for i in 0 1 2 3 4 5 6 7; do printf \"\\\\x0a\\\\0\\\\xff$i\"; done; head -c 3000000 /dev/zero");
        Assert.Equal((0, 3_000_032), (result.ExitCode, result.Output.Length));
        Assert.Equal([0x0a, 0x00, 0xff, (byte)'0'], result.Output[..4].ToArray());
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_and_the_next_one_runs()
    {
        var guest = await guests.GetAsync(AnyGuest);
        Assert.Equal(137, (await guest.RunAsync("sleep 100", TimeSpan.FromSeconds(1))).ExitCode);
        Assert.Equal("next\n", (await guest.RunAsync("echo next")).Stdout);
    }

    [Fact]
    public async Task Chrony_in_the_guest_is_synchronised_to_this_machine()
    {
        var guest = await guests.GetAsync(AnyGuest);
        var result = await guest.RunAsync("chronyc -n sources");
        Assert.Contains("^* 10.0.2.2", result.Stdout, StringComparison.Ordinal);
    }
}
