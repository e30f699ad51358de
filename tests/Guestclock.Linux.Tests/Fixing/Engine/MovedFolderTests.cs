using Guestclock.Linux.Fixing;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Somebody moves folders away and back while files are changed.</summary>
public class MovedFolderTests
{
    private const int Rounds = 1000;

    [Fact]
    public void A_folder_that_comes_and_goes_is_never_taken_for_the_one_around_it()
    {
        using var bench = new Workbench();
        bench.Tree.File("/etc/default/grub");
        using var root = FixRoot.Open(bench.Tree.Root, isLive: false);
        var path = StepPath.Of("/etc/default/grub");
        using var end = new CancellationTokenSource();
        var mover = new Thread(() => Move(bench.Tree.At("/etc/default"), end.Token));
        mover.Start();
        var made = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Rounds; i++)
        {
            try
            {
                using var folder = root.Make(path, new ChangeCalls(), 0x1ED);
                made.Add(folder.Path);
            }
            catch (FixEngineException)
            {
                // It was gone when it was opened: that is said.
            }
        }

        end.Cancel();
        mover.Join();
        Assert.Equal(["/etc/default"], made);
    }

    private static void Move(string folder, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Directory.Move(folder, folder + ".away");
                Directory.Delete(folder + ".away", recursive: true);
            }
            catch (IOException)
            {
                // It is not there yet.
            }
        }
    }
}
