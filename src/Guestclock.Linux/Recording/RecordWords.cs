using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>The words of record.json for states and kinds; they are frozen.</summary>
internal static class RecordWords
{
    private static readonly string[] States = ["known", "missing", "denied", "unsupported", "not-recorded", "timed-out", "malformed",
        "failed"];

    private static readonly string[] Kinds = ["file", "directory", "link", "character-device", "block-device", "fifo", "socket"];

    public static string Of(FactState state) => States[(int)state];

    public static string Of(EntryKind kind) => Kinds[(int)kind];

    public static FactState State(string word) => (FactState)Index(States, word, "a state");

    public static EntryKind Kind(string word) => (EntryKind)Index(Kinds, word, "a kind of entry");

    private static int Index(string[] words, string word, string what) =>
        Array.IndexOf(words, word) is var at and >= 0 ? at : throw new MalformedInputException("record.json", what, $"'{word}'");
}
