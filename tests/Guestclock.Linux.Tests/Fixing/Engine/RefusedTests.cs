using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>What cannot be performed is said in one sentence, and not even a folder for journals is made.</summary>
public class RefusedTests
{
    private static readonly FileStep Step = Workbench.Replace("/etc/chrony.conf", "pool a\n", "pool b\n");

    [Fact]
    public void A_file_that_has_changed_since_the_plan() =>
        Assert.Equal("/etc/chrony.conf has changed since the plan was made: plan again", Refusal(t => t.File("/etc/chrony.conf", "pool c\n")));

    [Fact]
    public void A_file_that_is_gone_since_the_plan() =>
        Assert.Equal("/etc/chrony.conf is gone since the plan was made: plan again", Refusal(t => File.Delete(t.At("/etc/chrony.conf"))));

    [Fact]
    public void A_file_that_has_come_since_the_plan() =>
        Assert.Equal("/etc/new has come since the plan was made: plan again", Refusal(t => t.File("/etc/new"), Workbench.Create("/etc/new", "x")));

    [Fact]
    public void A_link_where_the_plan_saw_a_file() => Assert.Equal("/etc/chrony.conf is a symbolic link, where the plan saw a file: plan again",
        Refusal(t =>
        {
            File.Move(t.At("/etc/chrony.conf"), t.At("/etc/real"));
            t.Link("/etc/chrony.conf", "real");
        }));

    [Fact]
    public void A_link_where_the_plan_saw_a_folder() => Assert.Equal("/etc is a symbolic link, where the plan saw a folder",
        Refusal(t =>
        {
            Directory.Move(t.At("/etc"), t.At("/elsewhere"));
            t.Link("/etc", "elsewhere");
        }));

    [Fact]
    public void A_folder_where_the_plan_saw_a_file() => Assert.Equal("/etc/d is a directory, not a regular file",
        Refusal(t => Directory.CreateDirectory(t.At("/etc/d")), Workbench.Create("/etc/d", "x")));

    [Fact]
    public void A_file_of_several_names() => Assert.StartsWith("/etc/chrony.conf is one of 2 names of the same file (hard links): ",
        Refusal(t => TempTree.Run("ln", t.At("/etc/chrony.conf"), t.At("/etc/other"))), StringComparison.Ordinal);

    [Fact]
    public void A_link_that_is_another_now() => Assert.Equal("/etc/l has changed since the plan was made: plan again",
        Refusal(t => t.Link("/etc/l", "b"), new LinkStep("/etc/l", "a", null)));

    [Theory]
    [InlineData("/proc/x")]
    [InlineData("/sys/x")]
    [InlineData("/dev/x")]
    [InlineData("/run/x")]
    public void What_belongs_to_a_running_kernel(string path) =>
        Assert.Equal($"{path} belongs to a running kernel, and is no file to be replaced", Refusal(_ => { }, Workbench.Create(path, "x")));

    [Theory]
    [InlineData("/etc/../x")]
    [InlineData("etc/x")]
    [InlineData("/etc//x")]
    [InlineData("/etc/./x")]
    [InlineData("/etc/")]
    [InlineData("/")]
    [InlineData("/a\0b")]
    public void A_path_that_is_not_plain(string path) =>
        Assert.EndsWith("is not a plain path from the root", Refusal(_ => { }, Workbench.Create(path, "x")), StringComparison.Ordinal);

    [Fact]
    public void A_step_of_the_running_machine_on_an_image()
    {
        Assert.Equal("run systemctl daemon-reload: only a running machine can do that", Refusal(_ => { }, new ProgramStep("systemctl", "daemon-reload")));
        Assert.Equal("load ptp_kvm: only a running machine can do that", Refusal(_ => { }, new ModuleStep("ptp_kvm")));
    }

    [Fact]
    public void A_file_twice() => Assert.Equal("the plan holds 'file /etc/chrony.conf' twice", Refusal(_ => { }, Step, Step));

    [Fact]
    public void An_empty_plan() => Assert.Equal("the plan holds no steps", Refusal(_ => { }, Array.Empty<FixStep>()));

    [Theory]
    [InlineData("+i", "/etc/chrony.conf", "/etc/chrony.conf is immutable: 'chattr -i /etc/chrony.conf' lets it be changed")]
    [InlineData("+a", "/etc/chrony.conf", "/etc/chrony.conf is append-only: 'chattr -a /etc/chrony.conf' lets it be changed")]
    [InlineData("+i", "/etc", "the folder /etc is immutable: 'chattr -i /etc' lets it be changed")]
    public void What_chattr_protects(string flag, string path, string sentence)
    {
        using var tree = new TempTree().File("/etc/chrony.conf", "pool a\n");
        TempTree.Run("chattr", flag, tree.At(path));
        try
        {
            Assert.SkipUnless(TempTree.Run("lsattr", "-d", tree.At(path)).Split(' ')[0].Contains(flag[1]), "the file system has no such flags, or we may not set them");
            Assert.Equal(sentence, Refusal(tree, Workbench.Plan(Step)));
        }
        finally
        {
            TempTree.Run("chattr", "-" + flag[1], tree.At(path));
        }
    }

    [Fact]
    public void A_root_that_is_no_directory()
    {
        using var tree = new TempTree().File("/a");
        Assert.EndsWith("is no directory: only a directory can be changed", Assert.Throws<FixEngineException>(() => FixEngine.Open(tree.At("/a"))).Message, StringComparison.Ordinal);
        Assert.Throws<FixEngineException>(() => FixEngine.Open(tree.At("/b")));
        Assert.Throws<FixEngineException>(() => FixEngine.Open(""));
    }

    private static string Refusal(Action<TempTree> change) => Refusal(change, Step);

    private static string Refusal(Action<TempTree> change, params FixStep[] steps)
    {
        using var tree = new TempTree().File("/etc/chrony.conf", "pool a\n");
        change(tree);
        return Refusal(tree, Workbench.Plan(steps));
    }

    private static string Refusal(TempTree tree, Plan plan)
    {
        using var engine = FixEngine.Open(tree.Root);
        var sentence = Assert.Throws<FixEngineException>(() => engine.Apply(plan, "0.1.0", Workbench.Now, null, CancellationToken.None)).Message;
        Assert.False(Directory.Exists(tree.At("/var")));
        return sentence;
    }
}
