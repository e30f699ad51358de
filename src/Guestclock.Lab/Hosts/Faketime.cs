using System.Globalization;
using Guestclock.Lab.Packages;

namespace Guestclock.Lab.Hosts;

/// <summary>libfaketime, which shifts CLOCK_REALTIME for one program and leaves its monotonic clock.</summary>
internal sealed class Faketime
{
    private static readonly PackageTree Package = new("faketime", ["bookworm"], ["libfaketime"]);
    private readonly string _file;

    private Faketime(string library, string file)
    {
        _file = file;
        Environment =
        [
            $"LD_PRELOAD={library}", $"FAKETIME_TIMESTAMP_FILE={file}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
        ];
        Shift(0);
    }

    /// <summary>What a program has to be started with.</summary>
    public IReadOnlyList<string> Environment { get; }

    /// <param name="folder">For the file that says the shift.</param>
    /// <exception cref="LabException">It cannot be fetched.</exception>
    public static async Task<Faketime> PrepareAsync(string folder, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var tree = await Package.GetAsync(progress, cancellationToken);
        return new(Path.Combine(tree, "usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"), Path.Combine(folder, "faketime"));
    }

    /// <summary>From now on the program's clock differs from this machine's by so much.</summary>
    public void Shift(long ns)
    {
        var next = _file + ".new";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{ns / 1e9m:+0.000000000;-0.000000000}\n"));
        File.Move(next, _file, overwrite: true);
    }
}
