using System.Text;
using Guestclock.Facts;

namespace Guestclock.Machines;

/// <summary>Shapes in which probes read a machine: text, first line, number, key=value answer.</summary>
public static class MachineReading
{
    /// <summary>A file as text. Invalid UTF-8 becomes U+FFFD; a NUL byte makes it malformed (a binary file).</summary>
    public static Fact<string> ReadText(this IMachine machine, string path, int limitBytes = MachineLimits.FileBytes) =>
        machine.Read(path, limitBytes).Then(Text);

    /// <summary>A file's text without white space at its ends, as sysfs attributes are read.</summary>
    public static Fact<string> ReadValue(this IMachine machine, string path) =>
        machine.Read(path, 4096).Then(b => Text(b).Trim());

    /// <summary>A text answer.</summary>
    public static Fact<string> AskText(this IMachine machine, string name) => machine.Ask(new Question(name)).Then(Text);

    /// <summary>An answer of lines <c>key=value</c>.</summary>
    public static Fact<AnswerFields> AskFields(this IMachine machine, string name) => machine.AskText(name).Then(AnswerFields.Parse);

    /// <summary>True when something stands at the path.</summary>
    public static bool Exists(this IMachine machine, string path) => machine.Find(path).IsKnown;

    private static string Text(byte[] bytes)
    {
        if (Array.IndexOf(bytes, (byte)0) is var at and >= 0)
            throw new Formats.MalformedInputException($"offset {at}", "text", "a NUL byte");
        return Encoding.UTF8.GetString(bytes);
    }
}
