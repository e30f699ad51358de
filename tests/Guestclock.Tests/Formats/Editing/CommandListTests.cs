using Guestclock.Formats.Agent;
using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class CommandListTests
{
    private static readonly string[] Commands = ["guest-set-time", "guest-get-time"];

    [Theory]
    [InlineData("guest-exec,guest-set-time", "guest-exec")]
    [InlineData("guest-set-time", "")]
    [InlineData("guest-get-time, guest-exec , guest-set-time", " guest-exec , guest-set-time")]
    [InlineData("guest-exec,,guest-ping", "guest-exec,,guest-ping")]
    [InlineData("guest-set-times", "guest-set-times")]
    public void Blocked_commands_leave_a_list(string list, string after) => Assert.Equal(after, CommandList.Without(list, Commands));

    [Theory]
    [InlineData("guest-ping", "guest-ping,guest-set-time,guest-get-time")]
    [InlineData("guest-get-time, guest-set-time,", "guest-get-time, guest-set-time,guest-set-time")]
    [InlineData("", "")]
    [InlineData("guest-set-time,guest-get-time", "guest-set-time,guest-get-time")]
    public void Allowed_commands_join_a_list_that_allows_something(string list, string after) => Assert.Equal(after, CommandList.With(list, Commands));

    [Theory]
    [InlineData("--allow-rpcs=guest-ping", "--allow-rpcs=guest-ping,guest-set-time,guest-get-time")]
    [InlineData("-v  --block-rpcs=guest-set-time,guest-exec -t /run", "-v  --block-rpcs=guest-exec -t /run")]
    [InlineData("-b guest-set-time,guest-exec", "-b guest-exec")]
    [InlineData("-bguest-exec,guest-get-time", "-bguest-exec")]
    [InlineData("--blacklist guest-exec", "--blacklist guest-exec")]
    [InlineData("-a guest-ping", "-a guest-ping,guest-set-time,guest-get-time")]
    [InlineData("-p /dev/vport1p1 guest-set-time", "-p /dev/vport1p1 guest-set-time")]
    [InlineData("--block-rpcs", "--block-rpcs")]
    public void Options_change_in_their_lists_only(string line, string after) => Assert.Equal(after, CommandList.Allow(line, Commands));

    [Theory]
    [InlineData("[general]\nblock-rpcs=guest-set-time\nblacklist = guest-exec ,guest-get-time\n", "[general]\nblock-rpcs=\nblacklist = guest-exec \n")]
    [InlineData("block-rpcs=guest-set-time\n[general]\r\n allow-rpcs = guest-ping  \r\n", "block-rpcs=guest-set-time\n[general]\r\n allow-rpcs = guest-ping  ,guest-set-time,guest-get-time\r\n")]
    [InlineData("[general]\n#block-rpcs=guest-set-time\n;allow-rpcs=x\n[more]\nblock-rpcs=guest-set-time", "[general]\n#block-rpcs=guest-set-time\n;allow-rpcs=x\n[more]\nblock-rpcs=guest-set-time")]
    public void The_agents_file_keeps_everything_else(string text, string after) => Assert.Equal(after, QemuGaConfEditor.Allow(text, Commands));

    [Fact]
    public void Any_file_is_changed_once_and_says_what_was_wanted() => Fuzz.Text(
        ["[general]\nblock-rpcs=guest-set-time,guest-exec\n", "[general]\r\nallow-rpcs = guest-ping\r\n#x\r\nmethod=virtio-serial\r\n", "[general]\nblacklist=guest-get-time\n[x]\nallow-rpcs=a\n"],
        text =>
        {
            var after = QemuGaConfEditor.Allow(text, Commands);
            Assert.Equal(after, QemuGaConfEditor.Allow(after, Commands));
            var conf = QemuGaConf.Parse(after);
            Assert.DoesNotContain("guest-set-time", conf.Blocked ?? []);
            Assert.Equal(text.Count(c => c == '\n'), after.Count(c => c == '\n'));
            Assert.Equal(text.Split('\n').Where(l => !l.Contains('=')), after.Split('\n').Where(l => !l.Contains('=')));
        });

    [Fact]
    public void Any_line_is_changed_once() => Fuzz.Text(["--allow-rpcs=guest-ping -v", "-b guest-set-time --block-rpcs=guest-get-time,x", "-a guest-set-time"],
        line =>
        {
            var after = CommandList.Allow(line, Commands);
            Assert.Equal(after, CommandList.Allow(after, Commands));
        });
}
