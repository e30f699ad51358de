using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes.TimeServices;

public class ChronyConfReaderTests
{
    private static MemoryMachine Debian(string main) =>
        new MemoryMachine().File("/etc/debian_version", "12.5\n").File("/etc/chrony/chrony.conf", main);

    private static ChronyConfiguration Read(MemoryMachine machine) => ServiceProbe.Gather(machine).ChronyConf.Value!;

    [Fact]
    public void Reads_includes_where_they_stand_and_sources_last()
    {
        var conf = Read(Debian("sourcedir /run/s /etc/s\nconfdir /etc/d\ninclude /etc/i/*.conf\nMakeStep 1 3\n")
            .File("/etc/d/b.conf", "rtcsync\n").File("/etc/d/a.conf", "include /etc/one.conf\n").File("/etc/d/c.txt",
                "port 1\n").File("/etc/d/.h.conf", "port 2\n")
            .File("/etc/one.conf", "# c\nmakestep 1 -1")
            .File("/etc/i/z.conf", "driftfile /z\n").File("/etc/i/y.conf", "")
            .File("/etc/s/a.sources", "server 192.0.2.1\n").File("/run/s/a.sources", "server 192.0.2.2 iburst\nport 3\nserver 192.0.2.3"));
        Assert.Equal(
            [
                "sourcedir /run/s /etc/s @/etc/chrony/chrony.conf:1", "makestep 1 -1 @/etc/one.conf:2", "rtcsync @/etc/d/b.conf:1",
                    "driftfile /z @/etc/i/z.conf:1",
                "MakeStep 1 3 @/etc/chrony/chrony.conf:4", "server 192.0.2.2 iburst @/run/s/a.sources:1",
            ],
            conf.Directives.Select(d => $"{d} @{d.Source}"));
        Assert.Equal("3", conf.Last("makestep")!.Words[1]);
        Assert.Empty(conf.Problems);
        Assert.Null(conf.Refusal);
    }

    [Fact]
    public void In_a_confdir_the_first_directory_wins_for_one_name_and_names_alone_are_sorted() =>
        Assert.Equal(["logchange 0.6", "maxupdateskew 1", "logchange 0.5"],
            Read(Debian("confdir /d1/ /d2 /d3\n").File("/d1/a.conf", "maxupdateskew 1").File("/d2/a.conf",
                "maxupdateskew 2").File("/d1/b.conf", "logchange 0.5").File("/d2/0.conf", "logchange 0.6"))
                .Directives.Select(d => d.ToString()));

    /// <summary>Ten levels of a thousand includes, of everything.</summary>
    [Fact]
    public void A_configuration_that_includes_itself_many_times_ends_soon()
    {
        var text = string.Concat(Enumerable.Repeat("include /etc/*\nconfdir /etc\nsourcedir /etc\nserver 192.0.2.1\n", 1000));
        var machine = Debian(text);
        for (var i = 0; i < 20; i++)
            machine.File($"/etc/{i}.conf", text);
        var start = Stopwatch.GetTimestamp();

        var conf = Read(machine);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        Assert.InRange(conf.Problems.Count, 1, 200);
        Assert.InRange(conf.Directives.Count, 1, 200_000);
    }

    [Fact]
    public void One_directory_that_cannot_be_listed_hides_no_other() =>
        Assert.Equal(["rtcsync"], Read(Debian("include /etc/d/*/*.conf\n").File("/etc/d/a", "a file").File("/etc/d/b/x.conf", "rtcsync\n"))
            .Directives.Select(d => d.ToString()));

    [Theory]
    [InlineData("include /missing.conf\n", "/missing.conf does not exist")]
    [InlineData("include /missing/*.conf\n", "directory")]
    [InlineData("include a b\n", "one path")]
    [InlineData("confdir\n", "confdir takes")]
    [InlineData("confdir a b c d e f g h i j k\n", "confdir takes")]
    [InlineData("include /etc/chrony/chrony.conf\n", "levels")]
    [InlineData("include /etc/*.none\nconfdir /missing\nsourcedir /missing\ninclude /etc\n", null)]
    public void Says_what_stops_chronyd(string text, string? says)
    {
        var conf = Read(Debian(text));
        if (says is null)
            Assert.Null(conf.Refusal);
        else
            Assert.Contains(says, conf.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_a_problem_and_no_refusal()
    {
        var conf = Read(Debian("include /etc/secret.conf\n").State("/etc/secret.conf", FactState.Denied, "permission denied"));
        Assert.Null(conf.Refusal);
        Assert.Contains("permission denied", Assert.Single(conf.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_chronyd_says_which_file_it_reads()
    {
        var machine = new MemoryMachine().File("/etc/chrony.conf", "port 1\n").File("/run/x.conf", "port 2\n").Answer("processes",
            "7\tchronyd\t/usr/sbin/chronyd\t-F\t1\t-f\t/run/x.conf\n");
        Assert.Equal("/run/x.conf", Read(machine).File);
    }

    [Fact]
    public void Directives_may_stand_on_the_command_line() =>
        Assert.Equal(["server 192.0.2.1 iburst", "makestep 1 -1"],
            Read(new MemoryMachine().File("/etc/chrony.conf", "port 1\n").Answer("processes",
                "7\tchronyd\tchronyd\t-d\tserver 192.0.2.1 iburst\tmakestep 1 -1\n")).Directives.Select(d => d.ToString()));

    [Fact]
    public void Never_fails_on_any_text() =>
        Fuzz.Text(["include /etc/*/chrony.conf\nconfdir /etc/chrony\nsourcedir /etc/chrony\nserver a iburst\n"], text => Read(Debian(text)),
        300);

    /// <summary>The real chronyd prints with -p what it read: the directives must be the same, in the same order.</summary>
    [Fact]
    public async Task Reads_what_the_real_chronyd_reads()
    {
        var chronyd = new[] { "/usr/sbin/chronyd", "/usr/bin/chronyd" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chronyd is null, "chronyd is not installed");
        var folder = Directory.CreateTempSubdirectory("guestclock-chrony-").FullName;
        try
        {
            var machine = new MemoryMachine().Answer("processes", $"7\tchronyd\tchronyd\t-f\t{folder}/main.conf\n");
            foreach (var (name, text) in Tree(folder))
            {
                Directory.CreateDirectory(Path.GetDirectoryName($"{folder}/{name}")!);
                await File.WriteAllTextAsync($"{folder}/{name}", text, TestContext.Current.CancellationToken);
                machine.File($"{folder}/{name}", text);
            }

            using var process = Process.Start(new ProcessStartInfo(chronyd!,
                ["-p", "-f", $"{folder}/main.conf"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
            var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, errors);
            Assert.Equal(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries), Read(machine).Directives.Select(d => d.ToString()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, string Text)> Tree(string folder) =>
    [
        ("main.conf",
            $"! comment\n  ; c\n%c\nconfdir {folder}/d1 {folder}/d2/ {folder}/none\n\tMAKESTEP   1.0\t3  \ninclude " +
                $"{folder}/i/[a-c]?.conf\ninclude {folder}/i/*.none\nrtcsync\n"),
        ("d1/a.conf", "maxupdateskew 1\n"), ("d2/a.conf", "maxupdateskew 2\n"), ("d1/z.conf", "logchange 0.5"),
            ("d2/0.conf", $"include {folder}/i/sub/x\n"),
        ("d2/.hidden.conf", "logchange 9\n"), ("d1/a.conf~", "logchange 8\n"),
        ("i/b1.conf", "driftfile /nonexistent/b\n"), ("i/a2.conf", "pool ntp.example.net iburst maxsources 3\n"),
            ("i/d1.conf", "logchange 7\n"), ("i/sub/x", "refclock PHC /dev/ptp0 poll 2\n"),
    ];
}
