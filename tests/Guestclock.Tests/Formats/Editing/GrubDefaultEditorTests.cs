using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class GrubDefaultEditorTests
{
    private const string L = "GRUB_CMDLINE_LINUX", D = "GRUB_CMDLINE_LINUX_DEFAULT";

    private const string Tuned = "\n" + D + "=\"${" + D + ":+$" + D + " }\\$tuned_params\"\nGRUB_INITRD_OVERLAY=\"${GRUB_INITRD_OVERLAY:+$GRUB_INITRD_OVERLAY }\\$tuned_initrd\"\n";

    [Theory]
    [InlineData(L + "=\"\"\n", L + "=\"notsc\"\n")]
    [InlineData(L + "=quiet # why\n", L + "=\"quiet notsc\" # why\n")]
    [InlineData(L + "='a b'\r\nX=1\r\n", L + "='a b notsc'\r\nX=1\r\n")]
    [InlineData(L + "=\"a\"\n" + L + "=\"$" + L + " b\"\n", L + "=\"a notsc\"\n" + L + "=\"$" + L + " b\"\n")]
    [InlineData(L + "=\"a\"\n" + L + "=\"b\"\n", L + "=\"a\"\n" + L + "=\"b notsc\"\n")]
    [InlineData(L + "=\"a\"\n" + L + "+=\" b\"\n", L + "=\"a notsc\"\n" + L + "+=\" b\"\n")]
    [InlineData(D + "=\"notsc\"\n" + L + "=\"\"\n", D + "=\"notsc\"\n" + L + "=\"\"\n")]
    [InlineData(D + "=\"quiet\"\n", D + "=\"quiet\"\n" + L + "=notsc\n")]
    [InlineData("#" + L + "=\"\"\nX=1\n", "#" + L + "=\"\"\n" + L + "=notsc\nX=1\n")]
    [InlineData("", L + "=notsc\n")]
    [InlineData(L + "=\"dyndbg=\\\"file a +p\\\" ro\"\n", L + "=\"dyndbg=\\\"file a +p\\\" ro notsc\"\n")]
    [InlineData(L + "=\"ro -- init\"\n", L + "=\"ro notsc -- init\"\n")]
    public void A_new_argument_goes_where_the_variable_is_assigned(string text, string expected)
    {
        Assert.Equal([expected], GrubDefaultEditor.Change([text], new(["notsc"], []), forAll: true, own: -1));
        Assert.Equal([expected], GrubDefaultEditor.Change([expected], new(["notsc"], []), forAll: true, own: -1));
    }

    [Fact]
    public void What_tuned_appends_stays_as_tuned_finds_it_again()
    {
        var text = $"{L}=\"crashkernel=auto\"\n{D}=\"quiet notsc\"\n{Tuned}";
        var after = GrubDefaultEditor.Change([text], new(["clocksource=tsc"], ["notsc"]), forAll: false, own: -1);
        Assert.Equal($"{L}=\"crashkernel=auto\"\n{D}=\"quiet clocksource=tsc\"\n{Tuned}", Assert.Single(after));
    }

    [Fact]
    public void What_a_later_file_overrides_is_left_alone()
    {
        string[] ubuntu = [$"{D}=\"quiet splash notsc\"\n{L}=\"\"\n", $"# cloud\n{D}=\"console=ttyS0 notsc\"\n"];
        Assert.Equal([ubuntu[0], $"# cloud\n{D}=\"console=ttyS0\"\n"], GrubDefaultEditor.Change(ubuntu, new([], ["notsc"]), forAll: true, own: -1));
    }

    [Fact]
    public void Debians_new_arguments_go_into_a_file_of_our_own()
    {
        string[] debian = [$"{D}=\"quiet\"\n{L}=\"processor.max_cstate=5\"\n", ""];
        ArgumentEdit edit = new(["processor.max_cstate=1", "notsc"], []);
        var after = GrubDefaultEditor.Change(debian, edit, forAll: true, own: 1);
        Assert.Equal($"{D}=\"quiet\"\n{L}=\"processor.max_cstate=1\"\n", after[0]);
        Assert.Equal($"# Kernel arguments for timekeeping, written by 'guestclock fix'\n{L}=\"${L} notsc\"\n", after[1]);
        Assert.Equal(after, GrubDefaultEditor.Change(after, edit, forAll: true, own: 1));
        Assert.EndsWith($"{L}=\"${L} notsc tsc=reliable\"\n", GrubDefaultEditor.Change(after, new(["tsc=reliable"], []), forAll: true, own: 1)[1], StringComparison.Ordinal);
        Assert.EndsWith($"{L}=\"${L}\"\n", GrubDefaultEditor.Change(after, new([], ["notsc"]), forAll: true, own: 1)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Xens_dom0_gets_its_own_variable_changed_too()
    {
        var text = $"{L}=\"a\"\nGRUB_CMDLINE_LINUX_XEN_REPLACE=\"b tsc=unstable\"\n";
        Assert.Equal([$"{L}=\"a notsc\"\nGRUB_CMDLINE_LINUX_XEN_REPLACE=\"b notsc\"\n"], GrubDefaultEditor.Change([text], new(["notsc"], ["tsc=unstable"]), forAll: true, own: -1));
    }

    [Theory]
    [InlineData(L + "=\"$(cat /proc/cmdline)\"\n")]
    [InlineData(L + "=a\"b\"\n")]
    [InlineData(L + "+=\" b\"\n")]
    [InlineData("X=\"notsc\"\n" + L + "=\"$X quiet\"\n")]
    [InlineData(L + "=\"no\\\ntsc\"\n")]
    public void A_value_that_is_put_together_otherwise_is_refused(string text) =>
        Assert.Throws<MalformedInputException>(() => GrubDefaultEditor.Change([text], new(["clocksource=tsc"], ["notsc"]), forAll: true, own: -1));

    [Fact]
    public void A_later_file_that_drops_our_own_is_refused() => Assert.Throws<MalformedInputException>(() =>
        GrubDefaultEditor.Change([$"{L}=\"\"\n", "", $"{L}=\"quiet\"\n"], new(["notsc"], []), forAll: true, own: 1));

    [Fact]
    public void Random_files_keep_every_other_assignment_and_get_what_was_wanted() => Fuzz.Text(
        [
            $"GRUB_DEFAULT=0\nGRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\n{D}=\"quiet splash notsc\"\n{L}=\"\"\n",
            $"{L}=\"crashkernel=auto clocksource=hpet\"\n{D}='quiet'\n{Tuned}", $"export {L}=\"$X -- y\"\r\n{D}=a\r\n",
        ],
        text =>
        {
            ArgumentEdit edit = new(["clocksource=tsc"], ["notsc"]);
            foreach (var own in new[] { -1, 1 })
            {
                var after = GrubDefaultEditor.Change([text, ""], edit, forAll: true, own);
                Assert.Equal(after, GrubDefaultEditor.Change(after, edit, forAll: true, own));
                Assert.True(edit.IsMet(GrubDefaultText.Together(after)));
                var (old, now) = (ShellVariables.Parse(text), ShellVariables.Parse(after[0]));
                Assert.All(old.Where(v => !v.Key.StartsWith(L, StringComparison.Ordinal) && !v.Value.Contains(L, StringComparison.Ordinal)),
                    v => Assert.Equal(v.Value, now[v.Key]));
            }
        });
}
