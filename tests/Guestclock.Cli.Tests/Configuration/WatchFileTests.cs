using Guestclock.Cli.Configuration;
using Guestclock.Linux.Watching;
using Guestclock.Testing;
using Guestclock.Units;

namespace Guestclock.Cli.Tests.Configuration;

public class WatchFileTests
{
    private static readonly string Example = Repository.At("packaging", "guestclock-watch.yaml");

    [Fact]
    public void Reads_every_kind_of_setting()
    {
        var settings = WatchFile.Parse("w.yaml", """
            listen: '[::1]:9877'
            libvirt: [qemu:///system, qemu+ssh://other/system]
            qmp: /run/vms/*/qmp
            agent: /run/vms/{guest}/agent
            hold-agent-channel: no
            within: 2.5ms
            concurrency: 4
            host-unsynchronized: warn
            drift-warning: 7.5ppm
            skip:
              - test-*
            """);
        Assert.Equal("[::1]:9877", settings.Listen!.ToString());
        Assert.Equal(["qemu:///system", "qemu+ssh://other/system"], settings.Libvirt);
        Assert.Equal(["/run/vms/*/qmp"], settings.Qmp);
        Assert.Equal((false, new Nanoseconds(2_500_000), 4, 7.5), (settings.HoldAgentChannel, settings.Within, settings.Concurrency, settings.DriftWarningPpm));
        Assert.Equal((7500, 2_500_000, 4), (settings.WatchPolicy.DriftAlertPpb, settings.WatchPolicy.RecoverAboveNs, settings.WatchPolicy.MaxActive));
        Assert.True(settings.Watches("web-1"));
        Assert.False(settings.Watches("test-1"));
        Assert.Empty(WatchFile.Parse("w.yaml", "libvirt: none\nqmp: [/a]").Libvirt!);
    }

    [Theory]
    [InlineData("witin: 2ms", "w.yaml:1: unknown key witin (did you mean within?)")]
    [InlineData("\nwithin: soon", "w.yaml:2: within must be a duration from 1us to 1h such as 10ms or 1.5s, not 'soon'")]
    [InlineData("within: 0s", "w.yaml:1: within must be a duration from 1us to 1h")]
    [InlineData("within: [1ms, 2ms]", "w.yaml:1: within must be a duration from 1us to 1h such as 10ms or 1.5s, not a list")]
    [InlineData("concurrency: 10000", "concurrency must be a whole number from 1 to 1024, not '10000'")]
    [InlineData("listen: example.org:80", "listen must be an address and port such as 127.0.0.1:9877, [::1]:9877 or :9877, or none, not 'example.org:80'")]
    [InlineData("status-socket: here", "status-socket must be an absolute path")]
    [InlineData("agent: /run/agent", "agent must be an absolute path with {guest} in it, or none")]
    [InlineData("forward-only: perhaps", "forward-only must be true or false, not 'perhaps'")]
    [InlineData("host-unsynchronized: ignore", "host-unsynchronized must be refuse or warn, not 'ignore'")]
    [InlineData("drift-warning: 1e9", "drift-warning must be parts per million")]
    [InlineData("skip:\n- a\n- {b: c}", "w.yaml:3: skip must be patterns")]
    [InlineData("within: 1ms\nwithin: 2ms", "w.yaml:2: not YAML")]
    [InlineData("- within", "expected a mapping")]
    [InlineData("a: &x 1\nb: *x", "no aliases")]
    public void A_mistake_names_its_line_and_what_is_right(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => WatchFile.Parse("w.yaml", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_example_explains_every_key_at_its_default()
    {
        var text = File.ReadAllText(Example);
        var read = WatchFile.Parse(Example, text);
        Assert.All(WatchKeys.All, key => Assert.Equal(key.Show(WatchSettings.Default), key.Show(read)));
        var lines = text.Split('\n').ToList();
        Assert.All(WatchKeys.All, key =>
        {
            var at = lines.FindIndex(l => l.StartsWith(key.Name + ": ", StringComparison.Ordinal) || l.StartsWith($"# {key.Name}: ", StringComparison.Ordinal));
            Assert.True(at > 0 && lines[at - 1].StartsWith("# ", StringComparison.Ordinal), $"{key.Name} is not explained");
        });
        // What stands there as a comment is right, too.
        WatchFile.Parse(Example, string.Join('\n', lines.Select(l => l.StartsWith("# libvirt:", StringComparison.Ordinal) || l.StartsWith("# threshold:", StringComparison.Ordinal) ? l[2..] : l)));
    }

    [Fact]
    public void The_page_names_every_key()
    {
        var page = File.ReadAllText(Repository.At("docs", "watch.md"));
        Assert.All(WatchKeys.All, key => Assert.Contains($"`{key.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_shown_reads_the_same_again()
    {
        var settings = WatchFile.Parse("w.yaml", "listen: :1\nthreshold: 90m\naim: 1500us\nqmp: [/a, /b]\nlibvirt: none\nskip: [x]\njump-warning: 1ns1".Replace("1ns1", "2us", StringComparison.Ordinal).Replace("90m", "5m", StringComparison.Ordinal));
        Assert.All(WatchKeys.All, key =>
        {
            var values = key.Show(settings);
            if (values.Count > 0)
                Assert.Equal(values, key.Show(key.Set(WatchSettings.Default, values)!));
        });
    }

    [Fact]
    public void Any_text_is_a_configuration_or_one_sentence() => Fuzz.Text([File.ReadAllText(Example), "qmp: [/a]\nwithin: 1ms\nskip: [x]\n"], text =>
    {
        try
        {
            WatchFile.Parse("w.yaml", text);
        }
        catch (UsageException)
        {
            // One sentence: that is right.
        }
    }, 500);

    [Theory]
    [InlineData(0, "the settings are right", "--within", "2ms", "--forward-only", "--qmp", "/a/*", "/b/*", "--listen", "[::1]:1")]
    [InlineData(0, "the settings are right", "--forward-only=false")]
    [InlineData(64, "--within must be a duration", "--within", "soon")]
    [InlineData(64, "aim (1.00 ms) must not be larger than within (500 µs)", "--within", "500us")]
    [InlineData(64, "there is nothing to watch", "--libvirt", "none")]
    [InlineData(64, "agent is for guests of qmp", "--agent", "/run/{guest}")]
    [InlineData(64, "there is no option --witin (did you mean --within?)", "--witin", "1ms")]
    [InlineData(64, "cannot read the configuration", "--config", "/no/such/file")]
    [InlineData(64, "a configuration is at most 256 KiB", "--config", "/dev/zero")]
    public void Flags_are_checked_as_the_file_is(int exitCode, string says, params string[] flags)
    {
        var run = Run.Of(["watch", .. flags, "--check-config"]).Ends(exitCode);
        Assert.Contains(says, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_goes_before_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "within: 1us\n");
        Assert.Contains("aim", Run.Of("watch", "--config", file, "--check-config").Ends(64).Error, StringComparison.Ordinal);
        Run.Of("watch", "--config", file, "--within", "5ms", "--check-config").Ends(0);
        File.Delete(file);
    }
}
