namespace Guestclock.EndToEnd.Fixing;

/// <summary>A disk that takes nothing, in a mount namespace of its own.</summary>
public class FullDiskFixTests
{
    [Fact]
    public async Task A_full_disk_is_one_sentence_and_nothing_is_changed()
    {
        var end = await OnTmpfsAsync("dd if=/dev/zero of=$root/fill bs=4k 2> /dev/null;");
        Assert.Matches("the file system of .* has [0-9]+ KiB left, and [0-9]+ KiB are needed", end.Error);
    }

    [Fact]
    public async Task A_disk_without_inodes_is_one_sentence_and_nothing_is_changed()
    {
        var end = await OnTmpfsAsync("mkdir $root/fill; for i in $(seq $(($(df --output=iavail $root | tail -n 1) - 12))); do : > $root/fill/$i; done;");
        Assert.Matches("the file system of .* has room for 12 more files, and [0-9]+ are needed", end.Error);
    }

    [Fact]
    public async Task A_read_only_disk_is_one_sentence_and_nothing_is_changed()
    {
        var end = await OnTmpfsAsync("mount -o remount,ro $root;");
        Assert.Contains("its file system is read-only", end.Error, StringComparison.Ordinal);
    }

    /// <summary>The image on a file system in memory; what stands there afterwards is compared with what stood there before.</summary>
    private static async Task<Outcome> OnTmpfsAsync(string before)
    {
        using var image = new BrokenImage();
        var place = Directory.CreateTempSubdirectory("guestclock-test-").FullName;
        try
        {
            var end = await Confined.NamespaceAsync(
                $"root={place}; mount -t tmpfs -o size=1m,nr_inodes=100 tmpfs $root && cp -a {image.Root}/. $root && {before} \"$@\"; code=$?; diff -r --no-dereference -x fill {image.Root} $root >&2 && exit $code",
                ["fix", "--root", place, .. BrokenImage.Fix]);
            return end.Ends(4);
        }
        finally
        {
            Directory.Delete(place);
        }
    }
}
