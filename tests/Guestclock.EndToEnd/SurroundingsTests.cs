using System.Diagnostics;

namespace Guestclock.EndToEnd;

/// <summary>Little of what a program is used to: no room, no terminal, no rights, few descriptors, a bare chroot.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("check", "--format", "json")]
    [InlineData("facts")]
    [InlineData("explain")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task A_full_disk_is_one_sentence(params string[] args)
    {
        var run = (await Confined.ShellAsync("\"$@\" >/dev/full", args)).Ends(70);
        Assert.Equal("guestclock: cannot write the output: No space left on device\n", run.Error);
    }

    [Fact]
    public async Task A_closed_output_is_one_sentence()
    {
        var run = (await Confined.ShellAsync("exec \"$@\" >&-", "check")).Ends(70);
        Assert.Equal("guestclock: cannot write the output: it is closed\n", run.Error);
    }

    /// <summary>The runtime opens its own files at the numbers of closed ones; nothing may be written there.</summary>
    [Fact]
    public async Task Without_any_standard_stream_it_ends() =>
        (await Confined.ShellAsync("exec \"$@\" <&- >&- 2>&-", "check")).Ends(70);

    [Fact]
    public async Task An_error_that_cannot_be_told_ends_with_its_code()
    {
        (await Confined.ShellAsync("\"$@\" 2>/dev/full", "check", "--nonsense")).Ends(64);
        (await Confined.ShellAsync("\"$@\" >/dev/full 2>/dev/full", "check")).Ends(70);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        var run = (await Confined.ShellAsync("{ \"$@\"; echo $? >&2; } | head -n 1", "facts")).Ends(0);
        Assert.Equal(("{\n", "0\n"), (run.Out, run.Error));
    }

    [Fact]
    public async Task What_follows_in_the_same_file_stands_behind()
    {
        var run = (await Confined.ShellAsync("f=$(mktemp); { echo before; \"$@\"; echo after; } >$f; cat $f; rm $f", "--version")).Ends(0);
        Assert.Matches("^before\n.*[0-9]\nafter\n$", run.Out);
    }

    [Theory]
    [InlineData("ulimit -n 64")]
    [InlineData("unset HOME; export TMPDIR=/nonexistent DOTNET_BUNDLE_EXTRACT_BASE_DIR=/nonexistent")]
    [InlineData("export LANG=tr_TR.ISO-8859-9 LC_ALL=xx_YY")]
    [InlineData("export TERM=nonsense COLUMNS=-1")]
    [InlineData("exec <&-")]
    public async Task Judges_as_ever_with(string surroundings)
    {
        var usual = await Binary.RunAsync(["check"]);
        var run = await Confined.ShellAsync(surroundings + "; exec \"$@\"", "check");
        Assert.Equal((usual.ExitCode, usual.Out.Split('\n')[0]), (run.ExitCode, run.Out.Split('\n')[0]));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Without_root_it_says_what_root_would_add()
    {
        if (Environment.UserName != "root")
            Assert.Skip("to be another user needs root");
        var folder = Directory.CreateTempSubdirectory("guestclock-nobody-");
        var copy = Path.Combine(folder.FullName, "guestclock");
        File.Copy(Binary.Path, copy);
        Process.Start("chmod", ["-R", "a+rX", folder.FullName]).WaitForExit();
        var run = (await Binary.RunProgramAsync("/usr/bin/setpriv",
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", copy, "check"], "/")).Ends(0, 1, 2, 3);
        folder.Delete(recursive: true);
        Assert.Empty(run.Error);
        Assert.DoesNotContain("did not finish", run.Out, StringComparison.Ordinal);
        if (File.Exists("/dev/kvm"))
            Assert.Contains("As root also:", run.Out, StringComparison.Ordinal);
    }

    /// <summary>No /dev, no /sys, no /run, no /etc, a process namespace of its own: a container, which cannot be told to keep the
    /// time.</summary>
    [Fact]
    public async Task A_bare_container_is_one_and_does_not_alarm()
    {
        var run = (await Confined.NamespaceAsync("""
            set -e
            root=$(mktemp -d); mount -t tmpfs tmpfs $root; cd $root
            mkdir usr proc tmp; mount --bind /usr usr
            for d in bin sbin lib lib64; do ln -s usr/$d $d; done
            cp "$1" guestclock; touch .dockerenv; shift
            exec unshare --pid --fork /bin/sh -c 'mount -t proc proc proc && exec chroot . /guestclock "$@"' sh "$@"
            """, "check")).Ends(0, 3);
        Assert.Contains("container", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("our own fault", run.Out, StringComparison.Ordinal);
    }
}
