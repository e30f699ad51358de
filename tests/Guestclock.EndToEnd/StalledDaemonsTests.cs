using System.Diagnostics;
using System.Text.Json;

namespace Guestclock.EndToEnd;

/// <summary>Real daemons at their real places, in namespaces of their own, that answer no more.</summary>
public sealed class StalledDaemonsTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_stopped_chronyd_is_unknown_and_leaves_no_socket()
    {
        Need("/usr/sbin/chronyd");
        var run = (await Confined.NamespaceAsync("""
            ip link set lo up
            for d in /run /etc/chrony /var/lib/chrony; do mount -t tmpfs tmpfs $d; done
            printf 'local stratum 5\nport 0\nuser root\n' > /etc/chrony/chrony.conf
            chronyd -x -d -L 3 & p=$!
            trap 'kill -KILL $p' EXIT
            i=0; while [ ! -S /run/chrony/chronyd.sock ] && [ $i -lt 50 ]; do sleep 0.1; i=$((i+1)); done
            "$@" > /run/answering; kill -STOP $p
            s=$(date +%s%N); "$@" > /run/stopped; e=$(date +%s%N)
            echo $(( (e - s) / 1000000 )); ls /run/chrony | grep -c chronyc
            grep -A1 '"tracking"' /run/answering | tail -n 1; grep -A1 '"tracking"' /run/stopped | tail -n 1
            """, "facts")).Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(int.Parse(run[0], null), 0, (int)Longest.TotalMilliseconds);
        Assert.Equal(["0", "\"state\": \"known\",", "\"state\": \"timed-out\","], run[1..]);
    }

    [Fact]
    public async Task A_stopped_libvirtd_gives_way_to_its_files_and_a_bomb_hides_no_other_domain()
    {
        Need("/usr/sbin/libvirtd");
        var clock = Stopwatch.StartNew();
        var run = (await Confined.NamespaceAsync("""
            for d in /run /etc/libvirt/qemu /var/lib/libvirt /var/log/libvirt /var/cache/libvirt; do mkdir -p $d; mount -t tmpfs tmpfs $d; done
            mkdir -p /run/libvirt /etc/libvirt/qemu/networks
            libvirtd -p /run/libvirtd.pid > /dev/null 2>&1 < /dev/null & p=$!
            trap 'kill -KILL $p' EXIT
            i=0; while ! virsh -c qemu:///system list > /dev/null 2>&1 && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
            echo "<domain type='qemu'><name>sound</name></domain>" > /etc/libvirt/qemu/sound.xml
            echo '<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><domain><name>&b;</name></domain>' > /etc/libvirt/qemu/bomb.xml
            kill -STOP $p
            "$@"
            """, "facts")).Ends(0);
        Assert.True(clock.Elapsed < Longest + TimeSpan.FromSeconds(12), $"took {clock.Elapsed}");
        using var facts = JsonDocument.Parse(run.Out);
        var domains = facts.RootElement.GetProperty("facts").GetProperty("libvirt").GetProperty("domains").GetProperty("value")
            .EnumerateArray().Select(d => $"{d.GetProperty("name")} {d.GetProperty("xml").GetProperty("state")}");
        Assert.Equal(["bomb malformed", "sound known"], domains);
        Assert.All(facts.RootElement.GetProperty("facts").GetProperty("probes").EnumerateArray(),
            p => Assert.Equal("known", p.GetProperty("state").GetString()));
    }

    private static void Need(string program)
    {
        if (!File.Exists(program))
            Assert.Skip($"{program} is not installed");
    }
}
