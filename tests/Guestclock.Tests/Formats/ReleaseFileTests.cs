using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

/// <summary>Release files as the distributions ship them.</summary>
public class ReleaseFileTests
{
    [Theory]
    [InlineData("Red Hat Enterprise Linux Server release 5.4 (Tikanga)\n", "rhel", "5.4")]
    [InlineData("Red Hat Enterprise Linux AS release 4 (Nahant Update 8)\n", "rhel", "4.8")]
    [InlineData("Red Hat Enterprise Linux AS release 3 (Taroon Update 9)\n", "rhel", "3.9")]
    [InlineData("CentOS release 5.4 (Final)\n", "centos", "5.4")]
    [InlineData("CentOS Linux release 7.9.2009 (Core)\n", "centos", "7.9.2009")]
    [InlineData("Enterprise Linux Enterprise Linux Server release 5.4 (Carthage)\n", "ol", "5.4")]
    [InlineData("Scientific Linux SL release 5.4 (Boron)\n", "scientific", "5.4")]
    [InlineData("Fedora release 14 (Laughlin)\n", "fedora", "14")]
    public void Reads_redhat_release(string text, string id, string version)
    {
        var release = OldReleaseFiles.ParseRedHat(text);
        Assert.Equal((id, version, text.Trim()), (release.Id, release.VersionId, release.PrettyName));
    }

    [Theory]
    [InlineData("SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 3\n", "sles", "11.3")]
    [InlineData("SUSE Linux Enterprise Server 10 (x86_64)\nVERSION = 10\nPATCHLEVEL = 0\n", "sles", "10")]
    [InlineData("openSUSE 11.4 (x86_64)\nVERSION = 11.4\nCODENAME = Celadon\n", "opensuse", "11.4")]
    public void Reads_SuSE_release(string text, string id, string version)
    {
        var release = OldReleaseFiles.ParseSuse(text);
        Assert.Equal((id, version), (release.Id, release.VersionId));
    }

    [Theory]
    [InlineData("5.0.10\n", "5.0.10")]
    [InlineData("lenny/sid\n", "")]
    public void Reads_debian_version(string text, string version) => Assert.Equal(version, OldReleaseFiles.ParseDebian(text).VersionId);

    [Fact]
    public void Reads_lsb_release()
    {
        var release = OldReleaseFiles.ParseLsb("DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=8.04\nDISTRIB_CODENAME=hardy\n"
            + "DISTRIB_DESCRIPTION=\"Ubuntu 8.04.4 LTS\"\n");
        Assert.Equal(("ubuntu", "8.04", "Ubuntu 8.04.4 LTS"), (release.Id, release.VersionId, release.PrettyName));
    }

    [Fact]
    public void Reads_os_release()
    {
        var release = OsRelease.Parse("NAME=\"Rocky Linux\"\nVERSION=\"9.4 (Blue Onyx)\"\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"
            + "VERSION_ID=\"9.4\"\nPRETTY_NAME=\"Rocky Linux 9.4 (Blue Onyx)\"\n");
        Assert.Equal(("rocky", "9.4", "Rocky Linux 9.4 (Blue Onyx)"), (release.Id, release.VersionId, release.PrettyName));
        Assert.Equal(["rhel", "centos", "fedora"], release.Likes);
    }

    [Fact]
    public void Never_fails_on_any_text()
    {
        string[] samples = ["ID=rhel\nVERSION_ID=\"9\"\n", "CentOS release 5.4 (Final)\n", "SUSE Linux\nVERSION = 11\nPATCHLEVEL = 3\n",
            "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=8.04\n"];
        foreach (var parse in new Func<string,
            object>[] { OsRelease.Parse, OldReleaseFiles.ParseRedHat, OldReleaseFiles.ParseSuse, OldReleaseFiles.ParseLsb,
            OldReleaseFiles.ParseDebian })
            Fuzz.Text(samples, t => parse(t), 500);
    }
}
