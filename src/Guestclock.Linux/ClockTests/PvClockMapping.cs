using System.Globalization;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// The pvclock structure of the first virtual CPU, which the kernel maps into every process for the vDSO: in <c>[vvar_vclock]</c>, on older
/// kernels somewhere in <c>[vvar]</c>. No interface promises it. A page that the kernel does not fill kills who touches it (SIGBUS), so
/// the bytes are taken by write(2) into a pipe: the kernel touches them, and refuses with an error.
/// </summary>
internal sealed unsafe class PvClockMapping : IDisposable
{
    private const int PageBytes = 4096;
    private const int MapsBytes = 4 << 20;
    private const int CloseOnExec = 0x80000;
    private const string Source = "/proc/self/maps";

    private readonly int _out;
    private readonly int _in;
    private nint _address;

    private PvClockMapping(int output, int input) => (_out, _in) = (output, input);

    /// <summary>Whether the mapping is named after virtual clocks; else a page was taken for the structure because it looks like it.</summary>
    public bool IsNamed { get; private set; }

    public static Fact<PvClockMapping> Find()
    {
        if (!TscClock.IsThere)
            return Fact.Unknown<PvClockMapping>(FactState.Unsupported, Source, "only x86 has kvm-clock");
        var maps = RegularFile.Read(LibC.WorkingDirectory, Source, MapsBytes, Source);
        if (!maps.TryGet(out var text))
            return Fact.Unknown<PvClockMapping>(maps.State, Source, maps.Why ?? "not known");
        var pipe = stackalloc int[2];
        if (LibC.MakePipe(pipe, CloseOnExec) != 0)
            return Errno.ToFact<PvClockMapping>(Errno.Last, "pipe", Source, Source);
        var mapping = new PvClockMapping(pipe[0], pipe[1]);
        if (mapping.Locate(System.Text.Encoding.ASCII.GetString(text)))
            return Fact.Known(mapping, Source);
        mapping.Dispose();
        return Fact.Missing<PvClockMapping>(Source, "no pvclock page is visible: no kvm-clock, or the kernel does not show it to programs");
    }

    /// <summary>One snapshot; null while the host writes, or where the page has gone.</summary>
    public PvClockPage? Read() => ReadAt(_address);

    public void Dispose()
    {
        _ = LibC.Close(_out);
        _ = LibC.Close(_in);
    }

    /// <summary>Where the mappings begin and end that may hold the page: those named after virtual clocks first.</summary>
    internal static IEnumerable<(nint Start, nint End, bool IsNamed)> Candidates(string maps)
    {
        foreach (var (name, isNamed) in new[] { ("[vvar_vclock]", true), ("[vvar]", false) })
        {
            foreach (var line in maps.Split('\n'))
            {
                if (!line.EndsWith(name, StringComparison.Ordinal))
                    continue;
                var range = line.AsSpan(0, Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal)));
                var dash = range.IndexOf('-');
                if (dash > 0 && nint.TryParse(range[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
                    && nint.TryParse(range[(dash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
                    && start > 0 && end > start && end - start <= 64 * PageBytes)
                    yield return (start, end, isNamed);
            }
        }
    }

    /// <summary>
    /// A structure that KVM has filled: written at least once, a multiplier of 32 significant bits (kvm_get_time_scale), no flag but the
    /// three that there are, and a snapshot that is not in the future.
    /// </summary>
    internal static bool IsPlausible(PvClockPage page, ulong tsc) =>
        page is { Version: > 0, Multiplier: >= 1u << 31, Shift: > -32 and < 32, Flags: < 8 } && page.TscTimestamp <= tsc && page.SystemTimeNs < long.MaxValue / 2;

    private bool Locate(string maps)
    {
        foreach (var (start, end, isNamed) in Candidates(maps))
        {
            // The named mapping holds the page of KVM first, and that of Hyper-V.
            for (var address = start; address < (isNamed ? start + 1 : end); address += PageBytes)
            {
                if (ReadAt(address) is { } page && IsPlausible(page, HostTsc.IsReadable ? HostTsc.Read() : ulong.MaxValue))
                {
                    (_address, IsNamed) = (address, isNamed);
                    return true;
                }
            }
        }

        return false;
    }

    private PvClockPage? ReadAt(nint address)
    {
        var bytes = stackalloc byte[PvClockPage.Size];
        if (LibC.Write(_in, (byte*)address, PvClockPage.Size) != PvClockPage.Size || LibC.Read(_out, bytes, PvClockPage.Size) != PvClockPage.Size)
            return null;
        var page = PvClockPage.Decode(new(bytes, PvClockPage.Size));
        return (page.Version & 1) != 0 ? null : page;
    }
}
