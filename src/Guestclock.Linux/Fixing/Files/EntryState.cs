using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>What stands at a path, as far as it is put back.</summary>
internal sealed record EntryState
{
    public static readonly EntryState Absent = new();

    /// <summary>Null: nothing stands there.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Of a file's content, in lower hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A link's text.</summary>
    public string? Target { get; init; }

    /// <summary>Null where it is not known, or not to be set: that of a new file is what a new file gets.</summary>
    public EntryDetails? Details { get; init; }

    /// <summary>The same kind, content and text.</summary>
    public bool HasContentOf(EntryState other) => Kind == other.Kind && Sha256 == other.Sha256 && Target == other.Target;

    /// <summary>The same in all that is put back, but for the time of the last access.</summary>
    public bool Equals(EntryState? other) => other is not null && HasContentOf(other) && Equals(Details, other.Details);

    public override int GetHashCode() => HashCode.Combine(Kind, Sha256, Target);

    public static EntryState File(string sha256) => new() { Kind = EntryKind.File, Sha256 = sha256 };

    public static EntryState Link(string target) => new() { Kind = EntryKind.Link, Target = target };
}

/// <summary>What belongs to a file or link besides its content.</summary>
/// <param name="Mode">The twelve bits of permissions.</param>
/// <param name="Attributes">Extended attributes, the SELinux label and access lists among them.</param>
internal sealed record EntryDetails(
    uint Mode, uint User, uint Group, FileTime Accessed, FileTime Modified, IReadOnlyDictionary<string, byte[]> Attributes)
{
    public bool Equals(EntryDetails? other) =>
        other is not null && Mode == other.Mode && User == other.User && Group == other.Group && Modified == other.Modified
        && Attributes.Count == other.Attributes.Count
        && Attributes.All(a => other.Attributes.TryGetValue(a.Key, out var value) && value.AsSpan().SequenceEqual(a.Value));

    public override int GetHashCode() => HashCode.Combine(Mode, User, Group, Modified);
}
