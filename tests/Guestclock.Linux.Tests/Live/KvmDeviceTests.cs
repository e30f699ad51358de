using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Live;

public class KvmDeviceTests
{
    private static readonly Question Kvm = new(Questions.Kvm);

    [Fact]
    public void Answers_from_the_real_device_in_little_time_and_leaves_nothing_open()
    {
        Assert.SkipUnless(CanOpen("/dev/kvm"), "needs a usable /dev/kvm");
        var device = new KvmDevice();
        device.Answer(Kvm);
        var open = OpenFiles();
        var start = Stopwatch.GetTimestamp();
        var answer = device.Answer(Kvm);
        var took = Stopwatch.GetElapsedTime(start);
        Assert.True(answer.IsKnown, answer.Why);
        var fields = AnswerFields.Parse(System.Text.Encoding.UTF8.GetString(answer.Value!));
        Assert.Equal(12, fields.Number("api"));
        Assert.NotNull(fields.Find("cap.39"));
        Assert.True(took < TimeSpan.FromSeconds(1), $"took {took.TotalMilliseconds} ms");
        Assert.Equal(open, OpenFiles());
    }

    [Theory]
    [InlineData("/nonexistent/kvm", FactState.Missing)]
    [InlineData("/dev", FactState.Failed)]
    public void Says_why_it_cannot_be_opened(string path, FactState state)
    {
        var answer = new KvmDevice(path).Answer(Kvm);
        Assert.Equal(state, answer.State);
        Assert.StartsWith(path, answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_kvm_gives_an_error_field() =>
        Assert.StartsWith("error.api-version=ENOTTY ", System.Text.Encoding.UTF8.GetString(new KvmDevice("/dev/null").Answer(Kvm).Value!),
            StringComparison.Ordinal);

    /// <summary>Files of KVM only (/dev/kvm, anon_inode:kvm-vm): other tests open and close theirs meanwhile.</summary>
    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Count(f => new FileInfo(f).LinkTarget?.Contains("kvm", StringComparison.Ordinal) == true);

    private static bool CanOpen(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
