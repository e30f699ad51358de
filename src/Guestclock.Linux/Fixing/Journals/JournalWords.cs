using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>Names in a journal.</summary>
internal static class JournalWords
{
    public const string Value = "value";
    public const string Module = "module";
    public const string Program = "program";
    public const string Domain = "domain";

    public static string Of(JournalAction action) => action switch
    {
        ValueAction => Value,
        ModuleAction => Module,
        ProgramAction => Program,
        _ => Domain,
    };

    public static bool IsAction(string word) => word is Value or Module or Program or Domain;

    public static string Of(EntryKind? kind) => kind switch
    {
        null => "absent",
        EntryKind.Link => "link",
        _ => "file",
    };

    /// <exception cref="MalformedInputException">There is no such kind.</exception>
    public static EntryKind? Kind(string word) => word switch
    {
        "absent" => null,
        "link" => EntryKind.Link,
        "file" => EntryKind.File,
        _ => throw new MalformedInputException("a journal's entry", "absent, link or file", $"'{word}'"),
    };
}
