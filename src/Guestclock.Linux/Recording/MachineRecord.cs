using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>Everything that was read of a machine, negative results among it. Its form on disk is <see cref="Schema"/>.</summary>
public sealed record MachineRecord
{
    /// <summary>The name and version of the form.</summary>
    public const string Schema = "guestclock.record/1";

    public string ToolVersion { get; init; } = "";

    /// <summary>True when it was taken of a running machine, false of an image.</summary>
    public bool IsLive { get; init; }

    /// <summary>When it was taken, by the machine's own clock.</summary>
    public DateTimeOffset TakenAt { get; init; }

    public string Hostname { get; init; } = "";

    /// <summary>Files by path; the value of a known fact is the content.</summary>
    public IReadOnlyDictionary<string, Fact<byte[]>> Files { get; init; } = new Dictionary<string, Fact<byte[]>>(StringComparer.Ordinal);

    /// <summary>Directories by path.</summary>
    public IReadOnlyDictionary<string, Fact<IReadOnlyList<string>>> Listings { get; init; } =
        new Dictionary<string, Fact<IReadOnlyList<string>>>(StringComparer.Ordinal);

    /// <summary>Symbolic links by path.</summary>
    public IReadOnlyDictionary<string, Fact<string>> Links { get; init; } = new Dictionary<string, Fact<string>>(StringComparer.Ordinal);

    /// <summary>What stands at a path, links followed.</summary>
    public IReadOnlyDictionary<string, Fact<EntryKind>> Found { get; init; } =
        new Dictionary<string, Fact<EntryKind>>(StringComparer.Ordinal);

    /// <summary>What stands at a path, the link itself.</summary>
    public IReadOnlyDictionary<string, Fact<EntryKind>> FoundLinks { get; init; } =
        new Dictionary<string, Fact<EntryKind>>(StringComparer.Ordinal);

    /// <summary>Answers by the question's name.</summary>
    public IReadOnlyDictionary<string, Fact<byte[]>> Answers { get; init; } = new Dictionary<string, Fact<byte[]>>(StringComparer.Ordinal);

    /// <summary>The report that was made of the same facts, as JSON; replaying must give the same. Null: none.</summary>
    public string? Report { get; init; }
}
