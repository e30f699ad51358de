using System.Text.Json;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>fix and rollback as a user sees them, on the disk of a CentOS 5.4 guest that lacks a kernel parameter.</summary>
public sealed class FixTests : IDisposable
{
    private const string Grub = "boot/grub/grub.conf";
    private const string Menu = "# grub.conf\ndefault=0\ntimeout=5\npassword --md5 $1$abc$topsecret\ntitle CentOS\n\troot (hd0,0)\n\tkernel /vmlinuz-2.6.18-128.el5 ro root=LABEL=/ quiet\n";

    private static readonly string[] Told = ["--assume", "role=kvm-guest", "host-constant-tsc=no", "pv-clock=no", "architecture=x86_64"];

    private readonly string _root = Directory.CreateTempSubdirectory("guestclock-fix-").FullName;

    public FixTests()
    {
        Write("etc/redhat-release", "CentOS release 5.3 (Final)\n");
        Write(Grub, Menu);
        Write("lib/modules/2.6.18-128.el5/modules.dep", "");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_plan_shows_each_change_with_its_reason_and_changes_nothing()
    {
        var run = Fix("--dry-run").Ends(2);
        Assert.Contains("change /boot/grub/grub.conf", run.Out, StringComparison.Ordinal);
        Assert.Contains("boot-parameters: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("+\tkernel /vmlinuz-2.6.18-128.el5 ro root=LABEL=/ quiet notsc\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("at the next boot", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n').Where(l => !l.StartsWith("      ", StringComparison.Ordinal)), l => Assert.True(l.Length <= 80, l));
        Assert.Equal(Menu, Read(Grub));
        Assert.False(Directory.Exists(Path.Combine(_root, "var")));
    }

    [Fact]
    public void A_secret_in_a_changed_file_is_not_shown()
    {
        Assert.DoesNotContain("topsecret", Fix("--dry-run").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", Fix("--dry-run", "--format", "json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_and_without_yes_nothing_is_changed()
    {
        var run = Fix().Ends(4);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Equal(Menu, Read(Grub));
    }

    [Theory]
    [InlineData(false, 4, false)]
    [InlineData(true, 0, true)]
    public void On_a_terminal_the_user_is_asked(bool answer, int exitCode, bool changed)
    {
        var questions = new List<string>();
        Run.In(c => c with { Ask = q => { questions.Add(q); return answer; } }, ["fix", "--root", _root, .. Told]).Ends(exitCode);
        Assert.Equal(["Apply this change? [y/N] "], questions);
        Assert.Equal(changed, Read(Grub).Contains("notsc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_risky_is_asked_for_by_itself(bool answer)
    {
        const string Definition = "etc/libvirt/qemu/web.xml";
        Write(Definition, """
            <domain type='kvm'>
              <name>web</name>
              <metadata>
                <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
                  <libosinfo:os id="http://debian.org/debian/12"/>
                </libosinfo:libosinfo>
              </metadata>
              <os>
                <type arch='x86_64'>hvm</type>
              </os>
              <clock offset='localtime'/>
            </domain>

            """);
        File.CreateSymbolicLink(Path.Combine(_root, "etc/localtime"), "/usr/share/zoneinfo/Europe/Vienna");
        var questions = new List<string>();
        var run = Run.In(c => c with { Ask = q => { questions.Add(q); return answer; } }, "fix", "--root", _root, "--only", "domain-clock*", "--assume", "role=kvm-host");
        Assert.Equal(["Also domain-clock, which may step the clock? [y/N] "], questions);
        Assert.Equal(answer, run.ExitCode < 4);
        Assert.Equal(answer, Read(Definition).Contains("offset='utc'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_done_is_told_is_not_done_again_and_is_undone_byte_for_byte()
    {
        var run = Fix("--yes").Ends(0);
        Assert.Contains("boot-parameters: gone", run.Out, StringComparison.Ordinal);
        Assert.Contains("'guestclock rollback'", run.Out, StringComparison.Ordinal);
        Assert.Contains("quiet notsc\n", Read(Grub), StringComparison.Ordinal);
        Assert.Contains("Nothing is planned.", Fix("--yes").Ends(0).Out, StringComparison.Ordinal);

        var list = Run.Of("rollback", "--root", _root, "--list").Ends(0);
        Assert.Contains("applied", list.Out, StringComparison.Ordinal);
        Assert.Contains("/boot/grub/grub.conf", list.Out, StringComparison.Ordinal);
        Assert.Contains("would undo", Run.Of("rollback", "--root", _root, "--dry-run").Ends(0).Out, StringComparison.Ordinal);
        Assert.Contains("undone", Run.Of("rollback", "--root", _root).Ends(0).Out, StringComparison.Ordinal);
        Assert.Equal(Menu, Read(Grub));
        Assert.Contains("there is no run", Run.Of("rollback", "--root", _root).Ends(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_somebody_changed_since_is_left_unless_force_is_given()
    {
        Fix("--yes").Ends(0);
        Write(Grub, Read(Grub) + "# by hand\n");
        var preview = Run.Of("rollback", "--root", _root, "--dry-run").Ends(4);
        Assert.Contains("would leave", preview.Out, StringComparison.Ordinal);
        Run.Of("rollback", "--root", _root).Ends(4);
        Assert.Contains("# by hand", Read(Grub), StringComparison.Ordinal);
        Run.Of("rollback", "--root", _root, "--force", Id()).Ends(0);
        Assert.Equal(Menu, Read(Grub));
    }

    [Fact]
    public void Aside_writes_beside_the_live_file_and_says_what_is_left_to_do()
    {
        var run = Fix("--yes", "--aside").Ends(2);
        Assert.Equal(Menu, Read(Grub));
        Assert.Equal(Menu.Replace("quiet\n", "quiet notsc\n", StringComparison.Ordinal), Read(Grub + ".kvm"));
        Assert.Contains("diff -u", run.Out, StringComparison.Ordinal);
        Assert.Contains("+\tkernel", run.Out, StringComparison.Ordinal);
        Assert.Contains("-\tkernel", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_to_its_schema_before_and_after()
    {
        foreach (var args in new[] { ["--dry-run"], Array.Empty<string>(), ["--yes"], ["--yes"] })
            Holds("fix", Fix([.. args, "--format", "json"]).Out);
        Holds("rollback", Run.Of("rollback", "--root", _root, "--list", "--format", "json").Out);
        Holds("rollback", Run.Of("rollback", "--root", _root, "--dry-run", "--format", "json").Out);
        Holds("rollback", Run.Of("rollback", "--root", _root, "--format", "json").Out);
    }

    [Theory]
    [InlineData("no-such-check", "there is no such check")]
    [InlineData("boot-parameter", "did you mean boot-parameters?")]
    public void A_check_that_there_is_not_is_refused(string id, string says) =>
        Assert.Contains(says, Run.Of("fix", "--root", _root, "--only", id).Ends(64).Error, StringComparison.Ordinal);

    [Fact]
    public void A_recording_is_not_repaired() =>
        Assert.Contains("is a recording", Run.Of("fix", "--root", Repository.At("tests", "machines", "qemu-tcg-6.1-tsc-chrony"), "--dry-run").Ends(64).Error, StringComparison.Ordinal);

    [Fact]
    public void A_root_that_is_not_there_is_one_sentence() =>
        Assert.Contains("there is no", Run.Of("fix", "--root", Path.Combine(_root, "missing"), "--yes").Ends(64).Error, StringComparison.Ordinal);

    [Fact]
    public void Only_takes_names_of_repairs_too()
    {
        Assert.Contains("notsc", Fix("--dry-run", "--only", "kernel-arguments").Ends(2).Out, StringComparison.Ordinal);
        Assert.Contains("Nothing is planned.", Fix("--dry-run", "--skip", "boot-parameters*").Ends(2).Out, StringComparison.Ordinal);
    }

    private string Id()
    {
        using var json = JsonDocument.Parse(Run.Of("rollback", "--root", _root, "--list", "--format", "json").Out);
        return json.RootElement.GetProperty("runs")[0].GetProperty("id").GetString()!;
    }

    private static void Holds(string schema, string text)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", schema + ".schema.json")));
        using var json = JsonDocument.Parse(text);
        Assert.Empty(JsonSchema.Problems(document.RootElement, json.RootElement));
    }

    private Run Fix(params string[] args) => Run.Of(["fix", "--root", _root, .. args, .. Told]);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path));
}
