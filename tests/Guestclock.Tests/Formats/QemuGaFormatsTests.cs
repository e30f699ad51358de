using Guestclock.Formats;
using Guestclock.Formats.Agent;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class QemuGaFormatsTests
{
    /// <summary>As qemu-ga(8) describes the file.</summary>
    private const string Conf = """
        # local rules
        [general]
        daemon=0
        method = virtio-serial
        path=/dev/virtio-ports/org.qemu.guest_agent.0
        block-rpcs=guest-exec,guest-set-time
        [other]
        allow-rpcs=guest-ping
        """;

    [Fact]
    public void The_general_group_is_read()
    {
        var conf = QemuGaConf.Parse(Conf);
        Assert.Equal(("virtio-serial", "/dev/virtio-ports/org.qemu.guest_agent.0", "guest-exec guest-set-time"),
            (conf.Method, conf.Path, string.Join(' ', conf.Blocked!)));
        Assert.Null(conf.Allowed);
    }

    [Fact]
    public void The_older_name_of_the_list_is_known() =>
        Assert.Equal(["guest-exec"], QemuGaConf.Parse("[general]\nblacklist=guest-exec\n").Blocked!);

    /// <summary>qemu-ga 7.2 blocks of these what is enabled in the answer to guest-info no more: it takes names as they stand between the commas.</summary>
    [Theory]
    [InlineData("guest-exec, guest-set-time", "guest-exec")]
    [InlineData("guest-exec,guest-set-time  ", "guest-exec")]
    [InlineData(" guest-set-time", "guest-set-time")]
    public void A_blank_belongs_to_the_name_beside_it(string list, string blocked) => Assert.Equal(blocked,
        Assert.Single(QemuGaConf.Parse($"[general]\nblock-rpcs={list}\n").Blocked!, c => !c.StartsWith(' ') && !c.EndsWith(' ')));

    /// <summary>Command lines of CentOS 7, of RHEL 9 and 10 with an allow list, and in short form.</summary>
    [Theory]
    [InlineData("--method=virtio-serial --path=/dev/virtio-ports/org.qemu.guest_agent.0 --blacklist=guest-file-open,guest-exec -F/etc/qemu-ga/fsfreeze-hook", "guest-file-open guest-exec", null)]
    [InlineData("--method=virtio-serial --allow-rpcs=guest-ping,guest-get-time,guest-set-time -F/etc/qemu-ga/fsfreeze-hook", null,
        "guest-ping guest-get-time guest-set-time")]
    [InlineData("-m virtio-serial -b guest-exec -a guest-ping", "guest-exec", "guest-ping")]
    [InlineData("--block-rpcs guest-exec -d -v", "guest-exec", null)]
    [InlineData("--blacklist= -F", "", null)]
    [InlineData("-b", null, null)]
    public void Arguments(string line, string? blocked, string? allowed)
    {
        var arguments = QemuGaArguments.Parse(line.Split(' '));
        Assert.Equal(blocked, arguments.Blocked is { } b ? string.Join(' ', b) : null);
        Assert.Equal(allowed, arguments.Allowed is { } a ? string.Join(' ', a) : null);
    }

    [Theory]
    [InlineData("/usr/bin/qemu-ga --blacklist=${LIST} -F${HOOK}", "/usr/bin/qemu-ga|--blacklist=a,b|-F/hook")]
    [InlineData("-/usr/bin/qemu-ga $ARGS $NONE x", "-/usr/bin/qemu-ga|--one|two words|x")]
    [InlineData("p 'a b' \"c\" '' ${open $", "p|a b|c||${open|$")]
    public void Words_of_a_unit(string command, string words)
    {
        var variables = new Dictionary<string,
            string>(StringComparer.Ordinal)
        { ["LIST"] = "a,b", ["HOOK"] = "/hook", ["ARGS"] = "--one 'two words'" };
        Assert.Equal(words, string.Join('|', SystemdWords.Split(command, variables)));
    }

    [Fact]
    public void Garbage_is_passed_over() => Fuzz.Text([Conf, "-/usr/bin/qemu-ga $ARGS ${A} --blacklist=${B} -b x"], text =>
    {
        QemuGaConf.Parse(text);
        QemuGaArguments.Parse(SystemdWords.Split(text, new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "b" }));
    });
}
